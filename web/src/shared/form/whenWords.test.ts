import { expect, it } from 'vitest';
import { whenWords } from './whenWords';

it('tells a day and a moment in words', () => {
  expect(whenWords('2025-03-17', 'date')).toBe('17 mars 2025');
  expect(whenWords('2025-03-17T09:30Z', 'date-time')).toContain('17 mars 2025');
});

it.each(['i morgon', '2025', '2025-02-30', '2025-03-17T', '2025-03-17T9:30'])('shows %s as it was typed', (text) => {
  expect(whenWords(text, 'date')).toBe(text);
  expect(whenWords(text, 'date-time')).toBe(text);
});

it('leaves other answers alone', () => {
  expect(whenWords('2025-03-17', 'string')).toBe('2025-03-17');
});
