import { expect, test } from 'vitest';
import { declared, optionAt, type UsedTexts } from './declared';

const PLAN = {
  sv: { fields: { 'disclosure.basis': { label: 'Stöd', options: { none: 'inget stöd' } }, 'conflicts[].rule': {} } },
  en: { fields: { 'disclosure.basis': { label: 'Basis', options: { none: 'no basis' } }, route: { label: 'Route' } } },
};
const OWN = { sv: { fields: { route: { label: 'Vägar' } } }, en: { fields: { route: { label: 'Ways' } } } };
const RAN: UsedTexts[] = [
  { call: '', texts: OWN },
  { call: 'plan', texts: PLAN },
];

test('what a decision wrote is called what the process calls it whose data they are, in the reader’s language', () => {
  expect(declared(RAN, 'plan', 'disclosure.basis', 'sv')).toMatchObject({ label: 'Stöd', at: 'disclosure.basis' });
  const basis = declared(RAN, 'plan', 'disclosure.basis', 'en');
  expect(basis?.label).toBe('Basis');
  expect(optionAt(basis?.words ?? {}, basis?.at ?? '', 'none')).toBe('no basis');
});

test('the words of the call itself come before those of others', () => {
  expect(declared(RAN, 'plan', 'route', 'en')?.label).toBe('Route');
  expect(declared(RAN, '', 'route', 'en')?.label).toBe('Ways');
  expect(declared(RAN, 'plan', 'route', 'sv')?.label).toBe('Vägar');
});

test('a place has words where something inside it has, and none where nothing is said', () => {
  expect(declared(RAN, 'plan', 'disclosure', 'en')).toMatchObject({ label: 'disclosure', at: 'disclosure' });
  expect(declared(RAN, 'plan', 'conflicts', 'sv')?.at).toBe('conflicts');
  expect(declared(RAN, 'plan', 'disclosures', 'en')).toBeUndefined();
});

test('an item of a list is called what its list says', () => {
  const words = { route: { options: { youth: 'unga', '1': 'en' } }, '[]': { options: { sfi: 'SFI' } } };
  expect(optionAt(words, 'route[]', 'youth')).toBe('unga');
  expect(optionAt(words, 'route', 1)).toBe('en');
  expect(optionAt(words, '[]', 'sfi')).toBe('SFI');
  expect(optionAt(words, 'route[]', 'other')).toBeUndefined();
});
