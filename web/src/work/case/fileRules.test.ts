import { expect, test } from 'vitest';
import { opensByItself, refusalOf, shownAs, sizeInWords } from './fileRules';

const TAKEN = { mostBytes: 10_000_000, endings: ['pdf', 'png'] };

test('a file of a kind that is taken, and not too large, is not refused', () => {
  expect(refusalOf({ name: 'Brev.PDF', size: 10_000_000 }, TAKEN)).toBeUndefined();
});

test('why a file would not be taken is known before it is sent', () => {
  expect(refusalOf({ name: 'brev.exe', size: 1 }, TAKEN)).toBe('wrongKind');
  expect(refusalOf({ name: 'pdf', size: 1 }, TAKEN)).toBe('wrongKind');
  expect(refusalOf({ name: 'a.pdf', size: 10_000_001 }, TAKEN)).toBe('tooLarge');
  expect(refusalOf({ name: 'a.pdf', size: 0 }, TAKEN)).toBe('emptyFile');
});

test('sizes are told in the words of the reader', () => {
  expect(sizeInWords(12, 'sv')).toBe('1 kB');
  expect(sizeInWords(1_250_000, 'sv')).toBe('1,3 MB');
  expect(sizeInWords(1_250_000, 'en')).toBe('1.3 MB');
  expect(sizeInWords(10_000_000, 'sv')).toBe('10 MB');
});

test('pictures and plain text are shown on the page, other files are not', () => {
  expect(shownAs('image/jpeg')).toBe('picture');
  expect(shownAs('text/plain; charset=utf-8')).toBe('text');
  expect(shownAs('application/pdf')).toBeUndefined();
  expect(shownAs('image/svg+xml')).toBeUndefined();
});

test('a PDF or a picture opens by itself, and nothing else', () => {
  const kinds = ['application/pdf', 'image/png', 'text/plain; charset=utf-8', 'text/html', 'image/svg+xml'];
  expect(kinds.filter(opensByItself)).toEqual(['application/pdf', 'image/png']);
});
