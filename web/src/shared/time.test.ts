import { expect, it } from 'vitest';
import { nearnessOf, startOfDay } from './time';

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
