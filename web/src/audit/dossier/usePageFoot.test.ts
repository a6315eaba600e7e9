import { expect, test } from 'vitest';
import { inQuotes } from './usePageFoot';

test('a text is one string of CSS, whatever it holds', () => {
  expect(inQuotes('Ärende 2026-000002')).toBe('"Ärende 2026-000002"');
  expect(inQuotes('a"; } b \\\n')).toBe('"a\\22 ; } b \\5c \\a "');
});
