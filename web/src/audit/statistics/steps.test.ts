import { expect, test } from 'vitest';
import { marksOf, stepsShown, type Step } from './steps';
import { readStatisticsSearch } from './statisticsSearch';
import { lengthOf } from './lengths';

function aStep(element: string, figures: Partial<Step> = {}): Step {
  return {
    ...{ path: element, call: '', element, name: element, nameEn: element, kind: 'userTask', isDrawn: true },
    ...{ waiting: 0, waitingSince: null, stuck: 0, passed: 0, timed: 0, medianSeconds: null, p90Seconds: null },
    ...figures,
  };
}

const STEPS = [
  aStep('b', { waiting: 1, waitingSince: '2025-02-03T12:00:00Z', medianSeconds: 60 }),
  aStep('a', { waiting: 1, waitingSince: '2025-02-01T12:00:00Z' }),
  aStep('c', { passed: 3, medianSeconds: 3600 }),
  aStep('way', { kind: 'exclusiveGateway', passed: 9 }),
  aStep('inner', { call: 'c', passed: 2 }),
];
const shown = (search: Parameters<typeof stepsShown>[1]) =>
  stepsShown(STEPS, search, 'sv').map(({ element }) => element);

test('the table tells of one diagram, where most wait first, and of gateways when asked', () => {
  expect(shown({})).toEqual(['a', 'b', 'c']);
  expect(shown({ all: true })).toEqual(['a', 'b', 'c', 'way']);
  expect(shown({ diagram: 'c' })).toEqual(['inner']);
});

test('what is not known comes last, whichever way one sorts', () => {
  expect(shown({ sort: 'median' })).toEqual(['c', 'b', 'a']);
  expect(shown({ sort: 'median', rising: true })).toEqual(['b', 'c', 'a']);
});

test('the longest wait is the one that began first', () => {
  expect(shown({ sort: 'waitingSince' })).toEqual(['a', 'b', 'c']);
  expect(shown({ sort: 'waitingSince', rising: true })).toEqual(['b', 'a', 'c']);
});

test('names sort from the first letter, and the other way round', () => {
  expect(shown({ sort: 'name' })).toEqual(['a', 'b', 'c']);
  expect(shown({ sort: 'name', rising: true })).toEqual(['c', 'b', 'a']);
});

test('a mark has a sign before each figure, and what is stuck counts most', () => {
  const [mark] = marksOf(
    [aStep('x', { stuck: 1, waiting: 2, passed: 3, medianSeconds: 216_000 })],
    '',
    () => 'in words',
  );
  expect(mark).toEqual({ element: 'x', kind: 'problem', text: 'in words', shown: '! 1  ▶ 2  ✓ 3  ◷ 2,5 d' });
});

test('a length is told in the largest unit that fits', () => {
  expect([0, 59, 60, 5400, 86_400, 1_300_000].map((seconds) => lengthOf(seconds))).toEqual([
    '0 sekunder',
    '59 sekunder',
    '1 minut',
    '1,5 timmar',
    '1 dygn',
    '15 dygn',
  ]);
});

test('what an address says wrongly is left out', () => {
  expect(
    readStatisticsSearch({ process: 'a', version: 1.5, which: 'all', from: '2025-13-01', sort: 'size', all: 1 }),
  ).toEqual({
    process: 'a',
  });
});
