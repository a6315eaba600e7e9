import { expect, it } from 'vitest';
import { counted, marksOf, type Difference } from './differences';

const name = { sv: 'Steg', en: 'Step' };
const change = (id: string, how: string) => ({ id, how, kind: name, name, details: [] });
const DIFFERENCE = {
  elements: [change('a', 'added'), change('b', 'changed'), change('c', 'removed')],
  flows: [change('d', 'removed')],
} as unknown as Difference;
const WORDS = { added: 'ny', removed: 'borta', changed: 'ändrad', rewritten: 'omskriven' };

it('marks what is gone on the old diagram, what is new on the new one, and changes on both', () => {
  const marked = (side: 'before' | 'after') => marksOf(DIFFERENCE, side, WORDS).map(({ element }) => element);
  expect(marked('before')).toEqual(['b', 'c', 'd']);
  expect(marked('after')).toEqual(['a', 'b']);
});

it('counts only kinds of changes that there are', () => {
  expect(counted(DIFFERENCE.elements)).toEqual([
    ['added', 1],
    ['removed', 1],
    ['changed', 1],
  ]);
  expect(counted(DIFFERENCE.flows)).toEqual([['removed', 1]]);
});
