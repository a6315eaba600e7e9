/** The files of a form as they lie in a draft, and the form that they make. */
import type { FormDefinition } from '@/shared/form/CaseForm';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import type { Texts } from '../draft/useDraftFiles';

export const SCHEMA = 'schema.json';
const FIXED = [SCHEMA, 'ui.json', 'texts.sv.json', 'texts.en.json'];
export const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function folderOf(key: string): string {
  return `forms/${key}/`;
}

/** The keys of the forms in a draft. */
export function formsIn(files: Texts): string[] {
  const keys = Object.keys(files).flatMap((name) => /^forms\/([^/]+)\/./.exec(name)?.[1] ?? []);
  return [...new Set(keys)].sort();
}

/** The form's files by their names in its folder: what every form has first, then its examples. */
export function namesOf(files: Texts, key: string): string[] {
  const own = Object.keys(files).flatMap((name) =>
    name.startsWith(folderOf(key)) ? [name.slice(folderOf(key).length)] : [],
  );
  return [...FIXED, ...own.filter((name) => !FIXED.includes(name)).sort()];
}

/** The JSON object in a text; the line from which it cannot be read. */
export function readObject(text: string): { value: JsonObject } | { line: number } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : { line: 1 };
  } catch (error) {
    const place = /position (\d+)/.exec(String(error))?.[1];
    const before = place === undefined ? text : text.slice(0, Number(place));
    return { line: before.trimEnd().split('\n').length };
  }
}

export interface FormRead {
  form: FormDefinition;
  examples: Record<string, JsonObject>;
}

/** The form that the files make; undefined while one of those that it needs cannot be read. */
export function readForm(files: Texts, key: string): FormRead | undefined {
  const read = (name: string, missing?: JsonObject): JsonObject | undefined => {
    const text = files[folderOf(key) + name];
    if (text === undefined) return missing;
    const found = readObject(text);
    return 'value' in found ? found.value : undefined;
  };
  const [schema, ui, sv, en] = [
    read(SCHEMA),
    read('ui.json', {}),
    read('texts.sv.json', {}),
    read('texts.en.json', {}),
  ];
  if (!schema || !ui || !sv || !en) return undefined;
  const examples = namesOf(files, key).flatMap((name) => {
    const example = /^examples\/([^/]+)\.json$/.exec(name)?.[1];
    const value = example === undefined ? undefined : read(name);
    return example !== undefined && value ? [[example, value] as const] : [];
  });
  return { form: { key, schema, ui, texts: { sv, en } }, examples: Object.fromEntries(examples) };
}

/** What a new form begins with: one question, right in everything that the check looks at. */
export function newForm(key: string, title: { sv: string; en: string }): Record<string, string> {
  const write = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const text = (named: string, label: string) => write({ title: named, fields: { note: { label } } });
  const folder = folderOf(key);
  return {
    [`${folder}${SCHEMA}`]: write({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `form:${key}`,
      type: 'object',
      additionalProperties: false,
      required: ['note'],
      properties: { note: { type: 'string', minLength: 1, maxLength: 2000 } },
    }),
    [`${folder}ui.json`]: write({ 'ui:order': ['note'], note: { 'ui:widget': 'textarea' } }),
    [`${folder}texts.sv.json`]: text(title.sv, 'Anteckning'),
    [`${folder}texts.en.json`]: text(title.en, 'Note'),
    [`${folder}examples/first.json`]: write({ note: 'Ringde och bokade ett möte.' }),
  };
}
