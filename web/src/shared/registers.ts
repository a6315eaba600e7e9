import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Register = components['schemas']['RegisterView'];
export type Entry = components['schemas']['EntryView'];

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

/** What an entry is called: its list columns, those that are text, without its key. */
export function nameOf(entry: Entry, register: Register | undefined): string {
  const fields = register?.listFields ?? Object.keys(entry.values);
  const texts = fields
    .filter((field) => field !== register?.keyField)
    .map((field) => entry.values[field])
    .filter((value): value is string | number => typeof value === 'string' || typeof value === 'number');
  return texts.slice(0, 3).join(', ') || entry.key;
}
