import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { CaseFilter } from './caseFilter';

type Schemas = components['schemas'];
export type Case = Schemas['CaseView'];
export type CaseDetail = Schemas['CaseDetail'];
export type Position = Schemas['PositionView'];
export type Running = Schemas['RunningView'];
export type OfferedMessage = Schemas['OfferedMessageView'];
export type Choice = Schemas['ChoiceView'];
export type HistoryEntry = Schemas['HistoryView'];

const EVENTS_A_PAGE = 100;

export function casesQuery(filter: CaseFilter) {
  return infiniteQueryOptions({
    queryKey: ['cases', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ask(api.GET('/api/v1/cases', { params: { query: { ...filter, ...(cursor && { cursor }), limit: 25 } } })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } })),
  });
}

export function answersQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id, 'answers'],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/cases/{case_id}/answers', { params: { path: { case_id: id } } }))).items,
  });
}

/** What has happened, newest first: each page goes back a hundred events from where the one before began. */
export function historyQuery(id: string, length: number) {
  return infiniteQueryOptions({
    queryKey: ['case', id, 'history', length],
    initialPageParam: length,
    queryFn: async ({ pageParam: end }) => {
      const after = Math.max(0, end - EVENTS_A_PAGE);
      const params = { path: { case_id: id }, query: { after, limit: Math.max(1, end - after) } };
      return (await ask(api.GET('/api/v1/cases/{case_id}/history', { params }))).items.reverse();
    },
    getNextPageParam: (page) => {
      const first = page.at(-1)?.sequence ?? 1;
      return first > 1 ? first - 1 : undefined;
    },
    placeholderData: keepPreviousData,
  });
}

export function diagramQuery(process: string, version: number) {
  return queryOptions({
    queryKey: ['diagram', process, version],
    queryFn: () => {
      const params = { path: { process_key: process, number: version } };
      return ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}/diagram', { params, parseAs: 'text' }),
      ) as Promise<string>;
    },
    staleTime: Infinity,
  });
}

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async () => (await ask(api.GET('/api/v1/units'))).items,
  staleTime: 300_000,
});

/** The newest version of a form, as it is when one begins to fill it in. */
export function formQuery(key: string) {
  return queryOptions({
    queryKey: ['form-version', key],
    queryFn: () => ask(api.GET('/api/v1/forms/{form_key}', { params: { path: { form_key: key } } })),
  });
}
