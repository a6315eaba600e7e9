/** Where two answers to the same form differ, field by field, and what becomes of a choice for each. */
import { fieldsOf, type Field } from '../rules/fields';
import { isList, isObject, type Json, type JsonObject } from '../rules/schema';

/** A member, or the item of a list whose member `by` is `is`. */
export type Step = string | { by: string; is: Json };

export interface Difference {
  place: readonly Step[];
  /** The field's name as texts have it: `address.street`, `signers[]`. */
  field: string;
  yours: Json | undefined;
  theirs: Json | undefined;
}

export interface Choice {
  place: readonly Step[];
  value: Json | undefined;
}

/** Every field that is not the same in both, as deep as the form has names: members of objects, items that have a key. */
export function differences(schema: JsonObject, yours: JsonObject, theirs: JsonObject): Difference[] {
  return members(fieldsOf(schema), [], '', yours, theirs);
}

/** The differences within one field of the form, by its name. */
export function differencesAt(
  schema: JsonObject,
  field: string,
  yours: Json | undefined,
  theirs: Json | undefined,
): Difference[] {
  return within(fieldsOf(schema), field.split('.'), field, yours, theirs);
}

/** The answers with what was chosen. No value means that the answer is taken away. */
export function withChoices(values: JsonObject, choices: readonly Choice[]): JsonObject {
  return choices.reduce<JsonObject>(
    (all, { place, value }) => put(all, place, value ?? undefined) as JsonObject,
    values,
  );
}

/** Whether two answers say the same: an empty one says as much as none. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return told(one) === told(other);
}

export function isEmpty(value: Json | undefined): boolean {
  return told(value) === '';
}

function told(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (isList(value)) return value.length === 0 ? '' : `[${value.map(told).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const inner = Object.keys(value)
    .sort()
    .map((name) => [name, told(value[name])] as const)
    .filter(([, text]) => text !== '');
  return inner.length === 0 ? '' : `{${inner.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

type Fields = ReadonlyMap<string, Field>;

function members(
  fields: Fields,
  place: readonly Step[],
  prefix: string,
  yours: JsonObject,
  theirs: JsonObject,
): Difference[] {
  const known = [...fields.keys()]
    .filter((key) => key.startsWith(prefix) && !/[.[]/.test(key.slice(prefix.length)))
    .map((key) => key.slice(prefix.length));
  const names = new Set([...known, ...Object.keys(yours), ...Object.keys(theirs)]);
  return [...names].flatMap((name) => within(fields, [...place, name], prefix + name, yours[name], theirs[name]));
}

function within(
  fields: Fields,
  place: readonly Step[],
  field: string,
  yours: Json | undefined,
  theirs: Json | undefined,
): Difference[] {
  if (isSame(yours, theirs)) return [];
  const hasMembers = [...fields.keys()].some((key) => key.startsWith(`${field}.`));
  if (hasMembers && isObject(yours) && isObject(theirs)) return members(fields, place, `${field}.`, yours, theirs);
  const by = fields.get(field)?.itemKey;
  if (by && isKeyed(yours, by) && isKeyed(theirs, by)) return items(place, field, by, yours, theirs);
  return [{ place, field, yours, theirs }];
}

function items(
  place: readonly Step[],
  field: string,
  by: string,
  yours: readonly JsonObject[],
  theirs: readonly JsonObject[],
): Difference[] {
  const keys = [...new Set([...theirs, ...yours].map((item) => item[by] ?? null))];
  return keys.flatMap((is) => {
    const [mine, other] = [yours, theirs].map((list) => list.find((item) => item[by] === is));
    if (isSame(mine, other)) return [];
    return [{ place: [...place, { by, is }], field: `${field}[]`, yours: mine, theirs: other }];
  });
}

function isKeyed(value: Json | undefined, by: string): value is readonly JsonObject[] {
  if (!isList(value)) return false;
  const keys = value.map((item) => (isObject(item) ? item[by] : undefined));
  return keys.every((key) => typeof key === 'string' || typeof key === 'number') && new Set(keys).size === keys.length;
}

function put(here: Json | undefined, [step, ...rest]: readonly Step[], value: Json | undefined): Json | undefined {
  if (step === undefined) return value;
  if (typeof step === 'string') {
    const members = isObject(here) ? here : {};
    const inner = put(members[step], rest, value);
    const others = Object.fromEntries(Object.entries(members).filter(([name]) => name !== step));
    return inner === undefined ? others : { ...members, [step]: inner };
  }
  const list = isList(here) ? here : [];
  const index = list.findIndex((item) => isObject(item) && item[step.by] === step.is);
  const inner = put(index < 0 ? undefined : list[index], rest, value);
  if (inner === undefined) return list.filter((_, at) => at !== index);
  return index < 0 ? [...list, inner] : list.map((item, at) => (at === index ? inner : item));
}
