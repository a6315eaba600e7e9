import { expect, it } from 'vitest';
import { dueWord, partOf } from './dueWords';

const NOW = new Date('2026-11-22T12:00:00Z');

it.each([
  ['2026-11-19T12:00:00Z', { word: 'overdue', count: 3 }, 'overdue'],
  ['2026-11-21T22:00:00Z', { word: 'overdue', count: 1 }, 'overdue'],
  ['2026-11-22T08:00:00Z', { word: 'overdueToday', count: -0 }, 'overdue'],
  ['2026-11-22T15:00:00Z', { word: 'today', count: 0 }, 'today'],
  ['2026-11-23T15:00:00Z', { word: 'tomorrow', count: 1 }, 'week'],
  ['2026-11-29T15:00:00Z', { word: 'days', count: 7 }, 'week'],
  ['2026-11-30T15:00:00Z', { word: 'later', count: 8 }, 'later'],
])('%s is told as %o', (due, word, part) => {
  expect(dueWord(due, NOW)).toEqual(word);
  expect(partOf(due, NOW)).toBe(part);
});

it('knows what is never due', () => {
  expect(partOf(null, NOW)).toBe('never');
});
