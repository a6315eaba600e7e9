import { expect, test } from 'vitest';
import type { Writable } from '../data/naming';
import { correctionForm, fieldFor, meant, otherForm, sent } from './correction';

const WORDS = {
  reason: 'Skäl',
  hint: '',
  again: 'Igen',
  submit: 'Rätta',
  path: 'Vilken',
  value: 'Värde',
  valueHint: '',
};
const FIELD = {
  path: 'assignment.coordinatorId',
  label: 'Samordnare',
  field: 'coordinatorId',
  schema: { type: 'string', maxLength: 60 },
  used: {
    ...{ call: 'intake', bind: 'assignment', version: 1 },
    form: {
      key: 'assign',
      schema: {},
      ui: { coordinatorId: { 'ui:widget': 'textarea' } },
      texts: { sv: { fields: { coordinatorId: { label: 'Samordnare' } } }, en: { fields: {} } },
    },
  },
} satisfies Writable;

test('a value is put right in the field that its form has for it, with a reason', () => {
  const form = correctionForm(FIELD, WORDS, WORDS);
  expect(form.schema).toMatchObject({
    properties: { value: { maxLength: 60 } },
    required: ['value', 'reason', 'again'],
  });
  expect(form.ui).toEqual({ value: { 'ui:widget': 'textarea' }, again: { 'ui:widget': 'checkbox' } });
  expect(form.texts.sv).toMatchObject({ submit: 'Rätta', fields: { value: { label: 'Samordnare' } } });
  expect(sent({ value: 'karin.kolm', reason: ' typed wrong ', again: true }, FIELD.path)).toEqual({
    path: 'assignment.coordinatorId',
    value: 'karin.kolm',
    reason: 'typed wrong',
    again: true,
  });
});

test('what no form has is chosen among what is known, and written as JSON', () => {
  expect(otherForm(['route'], WORDS, WORDS).schema).toMatchObject({ properties: { path: { enum: ['route'] } } });
  expect(sent({ path: 'route', value: '["sfi"]', reason: 'x' }, undefined)).toEqual({
    path: 'route',
    value: ['sfi'],
    reason: 'x',
    again: false,
  });
});

test('what is no JSON is the text itself', () => {
  expect(['12', 'true', 'null', '"12"', '2025-03-17', 'Kim'].map(meant)).toEqual([
    12,
    true,
    null,
    '12',
    '2025-03-17',
    'Kim',
  ]);
});

test('what an expression reads leads to the field that has it, or that it lies in', () => {
  const whole = { ...FIELD, path: 'assignment' };
  expect(fieldFor([whole, FIELD], 'assignment.coordinatorId')).toBe(FIELD);
  expect(fieldFor([whole, FIELD], 'assignment.coordinatorId.first')).toBe(FIELD);
  expect(fieldFor([whole, FIELD], 'assignment.other')).toBe(whole);
  expect(fieldFor([whole, FIELD], 'assignments')).toBeUndefined();
});
