import { expect, test } from 'vitest';
import { readSought } from './sought';

test('what is looked for is read from the entry of the history, whatever else is there', () => {
  expect(readSought({ sought: 'åsa berg', key: '1' })).toBe('åsa berg');
  expect(readSought({})).toBe('');
  expect(readSought({ sought: 3 })).toBe('');
});
