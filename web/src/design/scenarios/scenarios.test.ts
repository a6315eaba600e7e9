import { expect, it } from 'vitest';
import { marksOf, passing, pathOf, timesIn, type Part, type Scenario } from './scenarios';

const ONE = { trail: [{ process: 'intake', times: { a: 1, f: 2 } }] } as unknown as Scenario;
const TWO = { trail: [{ process: 'intake', times: { a: 3 } }] } as unknown as Scenario;
const WORDS = { missed: 'aldrig', passed: (count: number) => `${String(count)} gånger` };

it('adds up how often each part was passed', () => {
  expect([...timesIn([ONE, TWO], 'intake')]).toEqual([
    ['a', 4],
    ['f', 2],
  ]);
  expect([...timesIn([ONE], 'other')]).toEqual([]);
});

it('marks what was passed and what never was', () => {
  const parts = [{ id: 'a' }, { id: 'b' }] as Part[];
  expect(marksOf(parts, timesIn([ONE], 'intake'), WORDS)).toEqual([
    { element: 'a', kind: 'done', text: '1 gånger', count: 1 },
    { element: 'b', kind: 'missed', text: 'aldrig' },
  ]);
});

it('tells which scenarios pass something', () => {
  expect(passing([ONE, TWO], 'intake', 'a')).toEqual([1, 2]);
  expect(passing([ONE, TWO], 'intake', 'f')).toEqual([1]);
});

it('makes paths of plain names only', () => {
  expect(pathOf(' nobody-answers ')).toBe('scenarios/nobody-answers.yaml');
  for (const name of ['', 'two words', '../x', 'Å', 'a/b']) expect(pathOf(name)).toBeUndefined();
});
