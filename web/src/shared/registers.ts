import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { valueAt, type JsonObject } from './form/rules/schema';
import type { FormDefinition } from './form/CaseForm';
import { currentLanguage } from './i18n';

export type Register = components['schemas']['RegisterView'];
export type Entry = components['schemas']['EntryView'];

const MOST_MORE = 2;

export const registersQuery = queryOptions({
  queryKey: ['registers'],
  queryFn: async () => (await ask(api.GET('/api/v1/registers'))).items,
  staleTime: 300_000,
});

/** The entries that hold the text in a searched field, twenty at most. */
export function searchQuery(register: string, text: string) {
  return queryOptions({
    queryKey: ['registers', register, 'search', text],
    queryFn: async () => {
      const path = { register_key: register };
      return (
        await ask(api.POST('/api/v1/registers/{register_key}/search', { params: { path }, body: { text, limit: 20 } }))
      ).items;
    },
  });
}

/** Some entries with what a list shows of them; those that one may not know of are left out. */
export function namedQuery(register: string, keys: readonly string[]) {
  return queryOptions({
    queryKey: ['registers', register, 'named', keys],
    queryFn: async () => {
      const params = { path: { register_key: register } };
      return (await ask(api.POST('/api/v1/registers/{register_key}/names', { params, body: { keys: [...keys] } })))
        .items;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function entryQuery(register: string, key: string) {
  return queryOptions({
    queryKey: ['registers', register, 'entry', key],
    queryFn: () => {
      const path = { register_key: register, entry_key: key };
      return ask(api.GET('/api/v1/registers/{register_key}/entries/{entry_key}', { params: { path } }));
    },
    staleTime: 60_000,
  });
}

export function titleOf({ title }: Register): string {
  return title[currentLanguage()];
}

/** The form of a new entry. Its key is given by the server. */
export function newEntryForm({ key, keyField, schema, ui, texts }: Register, submit: string): FormDefinition {
  const { properties, required, ...rest } = schema as { properties: JsonObject; required?: string[] };
  const without = Object.fromEntries(Object.entries(properties).filter(([name]) => name !== keyField));
  return {
    key,
    schema: { ...rest, properties: without, required: (required ?? []).filter((name) => name !== keyField) },
    ui: { ...ui, 'ui:order': orderOf(ui).filter((name) => name !== keyField) },
    texts: { sv: { ...texts.sv, submit }, en: { ...texts.en, submit } },
  };
}

function orderOf(ui: Register['ui']): string[] {
  return Array.isArray(ui['ui:order']) ? (ui['ui:order'] as string[]) : ['*'];
}

let asking: { field: string; page: string; register: string; added?: string } | undefined;

/** A field that picks from the register has led to adding to it. */
export function askForNew(field: string, register: string): void {
  asking = { field, page: here(), register };
}

/** Notes the key of a new entry. Whether a field has asked for it. */
export function tellNew(register: string, key: string): boolean {
  if (asking?.register !== register) return false;
  asking.added = key;
  return true;
}

/** The entry that was added for the field of this page, told once. The same field on another page is somebody else's. */
export function takeNew(field: string, register: string): string | undefined {
  if (asking?.field !== field || asking.page !== here() || asking.register !== register) return undefined;
  const { added } = asking;
  asking = undefined;
  return added;
}

function here(): string {
  return location.pathname + location.search;
}

/** What an entry is called where one is to be chosen: with what tells two of the same name apart. Codes say nothing. */
export function choiceOf(entry: Entry, register: Register): string {
  const texts = valueAt(register.texts[currentLanguage()] as JsonObject, ['fields']);
  const called = new Set([...register.nameFields, register.keyField, calledBy(entry, register)]);
  const more = register.listFields
    .filter((field) => register.searchFields.includes(field) && !called.has(field))
    .filter((field) => valueAt(register.schema as JsonObject, ['properties', field, 'pattern']) === undefined)
    .map((field) => {
      const text = textIn(entry, field);
      const told = valueAt(texts ?? null, [field, 'options', text]);
      return typeof told === 'string' ? told : text;
    })
    .filter(Boolean);
  return [entry.name, ...more.slice(0, MOST_MORE)].join(', ');
}

/** The first column that has a text, where no name is told. */
function calledBy(entry: Entry, register: Register): string {
  return register.listFields.find((field) => field !== register.keyField && textIn(entry, field)) ?? '';
}

function textIn(entry: Entry, field: string): string {
  const value = entry.values[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
