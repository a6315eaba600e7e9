import { expect, test } from 'vitest';
import { type Asked, feelOf, textOf, type Trial, unhindered } from './trial';

const asked = (kind: string): Asked => ({ name: 'x', kind, item: '', allowed: [], suggested: [] });

test.each([
  ['string', 'open "now"', '"open \\"now\\""'],
  ['number', '1,5', '1.5'],
  ['date', '2026-11-22', '@"2026-11-22"'],
  ['boolean', 'true', 'true'],
  ['list', '["a"]', '["a"]'],
  ['string', ' ', ''],
])('a %s of %s is the FEEL %s', (kind, text, feel) => {
  expect(feelOf(asked(kind), text)).toBe(feel);
});

test.each([
  ['string', '"open"', 'open'],
  ['date', '@"2026-11-22"', '2026-11-22'],
  ['number', '4', '4'],
  ['boolean', 'null', ''],
])('a %s of FEEL %s is written %s', (kind, feel, text) => {
  expect(textOf(asked(kind), feel)).toBe(text);
});

test('nothing hinders a decision that nobody has given a value', () => {
  const lacking: Trial = {
    value: null,
    problem: { sv: 'answer saknas.', en: 'answer is missing.' },
    rules: [1, 2],
    wrong: { answer: { sv: 'Saknas.', en: 'Missing.' } },
    decisions: [],
    tables: [],
    findings: [],
  };
  expect(unhindered(lacking)).toMatchObject({ problem: null, rules: [], wrong: {} });
});
