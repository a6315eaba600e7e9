import { expect, it } from 'vitest';
import { clockOf, dayOf, daysUntil, momentOf, nearnessOf, startOfDay } from './time';

it.each([
  ['2026-11-22T12:00:00Z', 1, '2026-11-22T23:00:00.000Z'],
  ['2026-07-01T21:59:00Z', 0, '2026-06-30T22:00:00.000Z'],
  ['2026-07-01T22:30:00Z', 0, '2026-07-01T22:00:00.000Z'],
  ['2026-10-24T12:00:00Z', 1, '2026-10-24T22:00:00.000Z'],
  ['2026-10-25T12:00:00Z', 1, '2026-10-25T23:00:00.000Z'],
])('from %s, %i days on begin at %s in Stockholm', (now, days, expected) => {
  expect(startOfDay(days, new Date(now)).toISOString()).toBe(expected);
});

it('tells what is past from what comes today and later', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  expect(nearnessOf('2026-11-22T11:59:00Z', now)).toBe('overdue');
  expect(nearnessOf('2026-11-22T22:59:00Z', now)).toBe('today');
  expect(nearnessOf('2026-11-22T23:00:00Z', now)).toBe('later');
});

it.each([
  ['2026-11-22T22:59:00Z', '2026-11-22T12:00:00Z', 0],
  ['2026-11-22T23:00:00Z', '2026-11-22T12:00:00Z', 1],
  ['2026-11-21T22:59:00Z', '2026-11-22T12:00:00Z', -1],
  ['2026-10-26T11:00:00Z', '2026-10-24T21:30:00Z', 2],
  ['2025-12-31T12:00:00Z', '2026-01-01T12:00:00Z', -1],
])('%s is, seen from %s, %i days away', (moment, now, days) => {
  expect(daysUntil(moment, new Date(now))).toBe(days);
});

it('tells what is no moment as it stands', () => {
  expect([dayOf('2026-99-99'), momentOf('i morgon'), clockOf('')]).toEqual(['2026-99-99', 'i morgon', '']);
});
