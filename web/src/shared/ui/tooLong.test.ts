import { expect, it } from 'vitest';
import { excessOf } from './tooLong';

it('tells by how much a text is too long, a character being what the server counts as one', () => {
  expect(excessOf('åäö', 3)).toBe(0);
  expect(excessOf('åäöx', 3)).toBe(1);
  expect(excessOf('👍👍👍', 3)).toBe(0);
  expect(excessOf('👍👍👍👍👍', 3)).toBe(2);
});
