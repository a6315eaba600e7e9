/** The form in which an operator puts one value right, with the reason. */
import type { FormDefinition } from '@/shared/form/CaseForm';
import { valueAt, type Json, type JsonObject } from '@/shared/form/rules/schema';
import { textsOf, type Writable } from '../data/naming';

/** The choice of what no form has. */
export const OTHER = '*';

interface CorrectionWords {
  reason: string;
  hint: string;
  again: string;
  submit: string;
  path: string;
  value: string;
  valueHint: string;
}

/** Whether what failed is tried again as soon as the data are right. */
const AGAIN: JsonObject = { type: 'boolean' };
const AGAIN_LOOK: JsonObject = { 'ui:widget': 'checkbox' };
const REASON: JsonObject = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' };

/** The field as its form has it, and the reason. */
export function correctionForm(field: Writable, sv: CorrectionWords, en: CorrectionWords): FormDefinition {
  const texts = (language: 'sv' | 'en', { submit, reason, hint, again }: CorrectionWords) => ({
    submit,
    fields: {
      ...textsOf(field.used.form.texts[language], field.field, 'value'),
      reason: { label: reason, hint },
      again: { label: again },
    },
  });
  const ui = valueAt(field.used.form.ui, field.field.split('.'));
  return {
    key: 'correction',
    schema: {
      type: 'object',
      properties: { value: field.schema, reason: REASON, again: AGAIN },
      required: ['value', 'reason', 'again'],
    },
    ui: { ...(ui !== undefined && { value: ui }), again: AGAIN_LOOK },
    texts: { sv: texts('sv', sv), en: texts('en', en) },
  };
}

/** A value at any path, written as JSON. */
export function otherForm(paths: readonly string[], sv: CorrectionWords, en: CorrectionWords): FormDefinition {
  const text = { type: 'string', minLength: 1, maxLength: 10_000 };
  const texts = ({ submit, reason, hint, again, path, value, valueHint }: CorrectionWords) => ({
    submit,
    fields: {
      path: { label: path, options: Object.fromEntries(paths.map((one) => [one, one])) },
      value: { label: value, hint: valueHint },
      reason: { label: reason, hint },
      again: { label: again },
    },
  });
  const path = paths.length > 0 ? { type: 'string', enum: [...paths] } : { ...text, maxLength: 200 };
  return {
    key: 'correction',
    schema: {
      type: 'object',
      properties: { path, value: text, reason: REASON, again: AGAIN },
      required: ['path', 'value', 'reason', 'again'],
    },
    ui: { value: { 'ui:widget': 'textarea' }, again: AGAIN_LOOK },
    texts: { sv: texts(sv), en: texts(en) },
  };
}

/** What is asked for with a correction. */
export interface Correction {
  path: string;
  value: Json;
  reason: string;
  again: boolean;
}

/** What was filled in, as the server is asked to write it. `path` is that of the field, where a form has it. */
export function sent(typed: JsonObject, path: string | undefined): Correction {
  const { value = null, reason, path: chosen, again } = typed;
  return {
    path: path ?? String(chosen),
    value: path === undefined ? meant(String(value)) : value,
    reason: String(reason).trim(),
    again: again === true,
  };
}

/** The field whose form puts this path right: its own, or the one that it lies in. */
export function fieldFor(fields: readonly Writable[], path: string): Writable | undefined {
  return (
    fields.find((one) => one.path === path) ??
    fields.filter((one) => path.startsWith(`${one.path}.`)).toSorted((a, b) => b.path.length - a.path.length)[0]
  );
}

/** What somebody means by a value that they typed: JSON where it is JSON, else the text itself. */
export function meant(typed: string): Json {
  try {
    return JSON.parse(typed) as Json;
  } catch {
    return typed;
  }
}
