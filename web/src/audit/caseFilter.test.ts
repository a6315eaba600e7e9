import { expect, test } from 'vitest';
import { readCaseFilter, readSought } from './caseFilter';

test('an address says nothing of a version without its process, and nothing that is wrong', () => {
  expect(readCaseFilter({ process: 'a', version: 2, status: 'completed', from: '2025-02-30' })).toEqual({
    ...{ process: 'a', version: 2, status: 'completed' },
  });
  expect(readCaseFilter({ version: 2, status: 'gone', who: 'åsa', worker: 'karin' })).toEqual({});
  expect(readCaseFilter({ process: 'a', version: 1.5 })).toEqual({ process: 'a' });
});

test('who is looked for is read from the entry of the history, whatever else is there', () => {
  const about = { register: 'persons', key: 'p-1' };
  expect(readSought({ audited: { who: 'åsa', about, worker: 'k', responsible: 'h', more: 1 }, key: '1' })).toEqual({
    ...{ who: 'åsa', about, worker: 'k', responsible: 'h' },
  });
  expect(readSought({ audited: { who: 3, about: { register: 'persons' } } })).toEqual({});
  expect(readSought({ audited: null })).toEqual({});
  expect(readSought({})).toEqual({});
});
