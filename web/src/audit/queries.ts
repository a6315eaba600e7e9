import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { startOfDayOn } from './days';
import type { CaseFilter } from './caseFilter';

export type Case = components['schemas']['CaseView'];
export type CaseDetail = components['schemas']['CaseDetail'];
export type Definition = components['schemas']['DefinitionView'];
export type Task = components['schemas']['TaskView'];
export type IncidentRow = components['schemas']['IncidentRow'];
export type HistoryEvent = components['schemas']['HistoryView'];

const PAGE = 200;

export function casesQuery({ number, status, process, unit, from, to }: CaseFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit-cases', { number, status, process, unit, from, to }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ask(
        api.GET('/api/v1/cases', {
          params: {
            query: {
              ...(number && { number }),
              ...(status && { status }),
              ...(process && { process }),
              ...(unit && { unit }),
              ...(from && { startedFrom: startOfDayOn(from) }),
              ...(to && { startedBefore: startOfDayOn(to, 1) }),
              ...(cursor && { cursor }),
              limit: 25,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-case', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } })),
  });
}

/** The whole history, page after page: the walk over it needs every event from the first. */
export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-history', id],
    queryFn: async ({ signal }) => {
      const events: HistoryEvent[] = [];
      for (let after: number | null = 0; after !== null;) {
        const params = { path: { case_id: id }, query: { after, limit: PAGE } };
        const page: { items: HistoryEvent[]; next: number | null } = await ask(
          api.GET('/api/v1/cases/{case_id}/history', { params, signal }),
        );
        events.push(...page.items);
        after = page.next;
      }
      return events;
    },
  });
}

export function verificationQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-verification', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}/history/verification', { params: { path: { case_id: id } } })),
  });
}

export function versionsQuery(process: string) {
  return queryOptions({
    queryKey: ['audit-versions', process],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/definitions/{process_key}/versions', { params: { path: { process_key: process } } })))
        .items,
    staleTime: 300_000,
  });
}

export function diagramQuery(process: string, number: number) {
  return queryOptions({
    queryKey: ['diagram', process, number],
    queryFn: () =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}/diagram', {
          params: { path: { process_key: process, number } },
          parseAs: 'text',
        }),
      ),
    staleTime: Infinity,
  });
}

export function taskFormQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-task', id],
    queryFn: () => ask(api.GET('/api/v1/tasks/{task_id}', { params: { path: { task_id: id } } })),
  });
}

export const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: async () => (await ask(api.GET('/api/v1/definitions'))).items,
  staleTime: 300_000,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async () => (await ask(api.GET('/api/v1/units'))).items,
  staleTime: 300_000,
});

export const incidentsQuery = queryOptions({
  queryKey: ['incidents'],
  queryFn: async () => (await ask(api.GET('/api/v1/incidents', { params: { query: { limit: PAGE } } }))).items,
});

/** The case as it is taken away: asking for it is put on record as that. */
export function exportQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-export', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}/export.json', { params: { path: { case_id: id } } })),
    staleTime: Infinity,
    gcTime: 0,
  });
}
