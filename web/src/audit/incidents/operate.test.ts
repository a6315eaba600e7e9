import { expect, it } from 'vitest';
import { meant } from './operate';

it('takes what is typed as a value where it is one, else as text', () => {
  expect(meant('12')).toBe(12);
  expect(meant('true')).toBe(true);
  expect(meant('null')).toBeNull();
  expect(meant('["a"]')).toEqual(['a']);
  expect(meant('"12"')).toBe('12');
  expect(meant('2025-09-26')).toBe('2025-09-26');
  expect(meant('Vid porten')).toBe('Vid porten');
});
