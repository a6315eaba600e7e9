/** What the data of a case are called: by the form, in the version that the case has used, that people wrote them with. */
import type { components } from '@/api/schema';
import { fieldsOf, type Field } from '@/shared/form/rules/fields';
import { isObject, valueAt, type Json, type JsonObject } from '@/shared/form/rules/schema';
import type { Language } from '@/shared/i18n';

export type UsedForm = components['schemas']['UsedFormView'];

/** A place in the data, as a form knows it. */
export interface Named {
  label: string;
  used: UsedForm;
  /** The field's name in the form; empty when the place holds the answers to the whole form. */
  field: string;
}

/** What the place is called in the data of a call; undefined where no form of the case has written there. */
export function named(forms: readonly UsedForm[], call: string, path: string, language: Language): Named | undefined {
  // A process that was called may hand over what it has: then the words of its forms are right outside it too.
  const newestFirst = forms.toReversed();
  const nearestFirst = newestFirst.toSorted((a, b) => Number(b.call === call) - Number(a.call === call));
  for (const used of nearestFirst) {
    const { bind, form } = used;
    if (bind && path === bind) return { label: textIn(form.texts[language], ['title']) || path, used, field: '' };
    if (bind && !path.startsWith(`${bind}.`)) continue;
    const field = bind ? path.slice(bind.length + 1) : path;
    if (fieldsOf(form.schema as JsonObject).has(field))
      return { label: textIn(form.texts[language], ['fields', field, 'label']) || path, used, field };
  }
  return undefined;
}

/** A field that somebody can write anew, with the form that it belongs to. */
export interface Writable extends Named {
  path: string;
  schema: JsonObject;
}

/** The fields of the forms used in a call, those in lists left out: a list is written as a whole. */
export function writable(forms: readonly UsedForm[], call: string, language: Language): Writable[] {
  const found = new Map<string, Writable>();
  for (const used of forms.filter((one) => one.call === call))
    for (const field of fieldsOf(used.form.schema as JsonObject).values()) {
      const schema = declared(used.form.schema as JsonObject, field);
      if (!schema || field.kind === 'object') continue;
      const path = used.bind ? `${used.bind}.${field.key}` : field.key;
      const label = textIn(used.form.texts[language], ['fields', field.key, 'label']) || path;
      found.set(path, { path, label, used, field: field.key, schema });
    }
  return [...found.values()];
}

/** The texts of one field, and of what lies inside it, under another name. */
export function textsOf(texts: unknown, field: string, name: string): Record<string, Json> {
  const all = valueAt(texts, ['fields']);
  const own = isObject(all) ? Object.entries(all) : [];
  return Object.fromEntries(
    own
      .filter(([key]) => key === field || key.startsWith(`${field}[`) || key.startsWith(`${field}.`))
      .map(([key, value]) => [name + key.slice(field.length), value]),
  );
}

function declared(schema: JsonObject, { key }: Field): JsonObject | undefined {
  if (key.includes('[')) return undefined;
  const found = valueAt(
    schema,
    key.split('.').flatMap((part) => ['properties', part]),
  );
  return isObject(found) && !('$ref' in found) ? found : undefined;
}

function textIn(texts: unknown, path: readonly string[]): string {
  const found = valueAt(texts, path);
  return typeof found === 'string' ? found : '';
}
