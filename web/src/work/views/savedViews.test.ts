import { expect, it } from 'vitest';
import { filterOf, startOf, viewOf, type SavedView } from './savedViews';

const LATE: SavedView = { id: '1', name: 'Försenade', search: { when: 'overdue', unit: 'north' }, isStart: false };
const ALL: SavedView = { id: '2', name: 'Alla', search: {}, isStart: true };

it('finds the name of what stands in the address', () => {
  expect(viewOf({ unit: 'north', when: 'overdue' }, [ALL, LATE])).toBe(LATE);
  expect(viewOf({}, [LATE, ALL])).toBe(ALL);
  expect(viewOf({ when: 'overdue' }, [LATE, ALL])).toBeUndefined();
});

it('begins with the chosen view, else with everything', () => {
  expect(startOf([ALL, { ...LATE, isStart: true }].slice(1))).toEqual({ when: 'overdue', unit: 'north' });
  expect(startOf([LATE])).toEqual({});
});

it('leaves out what the list does not know, as an older view may hold it', () => {
  expect(filterOf({ ...LATE, search: { when: 'never', colour: 'red', sort: 'created' } })).toEqual({ sort: 'created' });
});
