import { expect, it, vi } from 'vitest';
import { askForNew, choiceOf, takeNew, tellNew, type Entry, type Register } from './registers';

const PERSONS = {
  key: 'persons',
  keyField: 'id',
  nameFields: ['firstName', 'lastName'],
  listFields: ['firstName', 'lastName', 'alias', 'language', 'kind', 'homeOffice'],
  searchFields: ['firstName', 'lastName', 'alias', 'language', 'kind', 'phone'],
  schema: { type: 'object', properties: { language: { type: 'string', pattern: '^[a-z]{3}$' } } },
  texts: {
    sv: { fields: { kind: { options: { none: 'Inget särskilt' } } } },
    en: { fields: { kind: { options: { none: 'Nothing special' } } } },
  },
} as unknown as Register;

const entry = (name: string, values: Record<string, unknown>) => ({ key: 'p-1', name, values }) as unknown as Entry;
const AMAL = entry('Amal Fiktiv', {
  id: 'p-1',
  firstName: 'Amal',
  lastName: 'Fiktiv',
  language: 'tir',
  kind: 'none',
  homeOffice: 'x',
});

it('adds to a name what tells two of that name apart, in words and without codes', () => {
  expect(choiceOf(AMAL, PERSONS)).toBe('Amal Fiktiv, Inget särskilt');
  expect(choiceOf(entry('Lönn', { alias: 'Lönn', kind: 'none' }), PERSONS)).toBe('Lönn, Inget särskilt');
});

it('gives a new entry once, to the field and the page that led to adding it', () => {
  vi.stubGlobal('location', { pathname: '/work/tasks/t-1', search: '' });
  askForNew('answer_who', 'persons');
  expect(tellNew('offices', 'o-1')).toBe(false);
  expect(tellNew('persons', 'p-1')).toBe(true);
  vi.stubGlobal('location', { pathname: '/work/tasks/t-2', search: '' });
  expect(takeNew('answer_who', 'persons')).toBeUndefined();
  vi.stubGlobal('location', { pathname: '/work/tasks/t-1', search: '' });
  expect(takeNew('answer_other', 'persons')).toBeUndefined();
  expect(takeNew('answer_who', 'persons')).toBe('p-1');
  expect(takeNew('answer_who', 'persons')).toBeUndefined();
  vi.unstubAllGlobals();
});
