/** What rjsf needs to know to draw a form: the designer's uiSchema with its words and one widget a field. */
import type { UiSchema } from '@rjsf/utils';
import { fieldsOf, type Field } from './rules/fields';
import { isList, isObject, valueAt, type Json, type JsonObject } from './rules/schema';

/** What a widget finds in its options besides rjsf's own. */
export interface FieldWords {
  hint?: string;
  /** A text for each answer to choose, `true` and `false` among them. */
  answers: Readonly<Record<string, string>>;
  register?: string;
}

const MOST_RADIOS = 6;
const LONG_TEXT = 200;
const BY_KIND: Readonly<Record<string, string>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  number: 'number',
  boolean: 'radio',
};
const OURS = new Set([
  'checkbox',
  'checkboxes',
  'hidden',
  'password',
  'radio',
  'register',
  'scale',
  'select',
  'textarea',
]);

export function uiSchemaOf(schema: JsonObject, ui: JsonObject, texts: JsonObject): UiSchema {
  const whole = structuredClone(ui) as UiSchema;
  for (const field of fieldsOf(schema).values()) {
    const place = field.key.split('.').flatMap((part) => unfold(part));
    const here = opened(whole, place);
    const words = valueAt(texts, ['fields', field.key]);
    here['ui:title'] = textIn(words, 'label') || (place.at(-1) ?? '');
    here['ui:widget'] = widgetOf(field, valueAt(ui, [...place, 'ui:widget']), declared(schema, place));
    here['ui:options'] = { ...(isObject(here['ui:options']) ? here['ui:options'] : {}), words: wordsOf(field, words) };
    if (field.kind === 'list' && field.options.length === 0) delete here['ui:widget'];
    if (field.kind === 'list' && field.register)
      here.items = {
        ...(isObject(here.items) ? here.items : {}),
        'ui:widget': 'register',
        'ui:options': here['ui:options'],
      };
    if (field.kind === 'object') delete here['ui:widget'];
  }
  return { ...whole, 'ui:submitButtonOptions': { norender: true } };
}

function unfold(part: string): string[] {
  const lists = part.match(/\[\]/g)?.length ?? 0;
  return [part.replaceAll('[]', ''), ...Array.from({ length: lists }, () => 'items')];
}

function opened(whole: UiSchema, place: readonly string[]): UiSchema {
  let here: Record<string, unknown> = whole;
  for (const part of place) here = (here[part] ??= {}) as Record<string, unknown>;
  return here;
}

function widgetOf(field: Field, asked: Json | undefined, schema: JsonObject): string {
  if (typeof asked === 'string' && OURS.has(asked)) return asked;
  if (field.register) return 'register';
  if (field.ticked) return 'checkbox';
  if (field.options.length > 0) {
    if (field.kind === 'list') return 'checkboxes';
    return field.options.length <= MOST_RADIOS ? 'radio' : 'select';
  }
  const long = typeof schema.maxLength === 'number' && schema.maxLength > LONG_TEXT;
  return BY_KIND[field.kind] ?? (long ? 'textarea' : 'text');
}

function declared(schema: JsonObject, place: readonly string[]): JsonObject {
  let here: Json | undefined = schema;
  for (const part of place) here = part === 'items' ? valueAt(here, ['items']) : valueAt(here, ['properties', part]);
  return isObject(here) ? here : {};
}

function wordsOf(field: Field, words: Json | undefined): FieldWords {
  const answers = isObject(words) && isObject(words.options) ? words.options : {};
  const told = Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const hint = textIn(words, 'hint');
  return {
    answers: Object.fromEntries(told),
    ...(hint && { hint }),
    ...(field.register && { register: field.register }),
  };
}

function textIn(words: Json | undefined, name: string): string {
  const text = isObject(words) && !isList(words) ? words[name] : undefined;
  return typeof text === 'string' ? text : '';
}
