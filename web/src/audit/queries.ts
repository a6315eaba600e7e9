import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { startOfDayOn } from './days';
import type { Entry } from '@/shared/registers';
import type { CaseFilter, Sought } from './caseFilter';
import type { CaseSearch } from './caseSearch';
import type { StatisticsSearch } from './statistics/statisticsSearch';

export type Case = components['schemas']['CaseView'];
export type CaseDetail = components['schemas']['CaseDetail'];
export type Definition = components['schemas']['DefinitionView'];
export type Task = components['schemas']['TaskView'];
export type HistoryEvent = components['schemas']['HistoryView'];
export type Outline = components['schemas']['OutlineView'];
type WalkEvent = components['schemas']['WalkView'];

/** How many events one part of a dossier has. */
export const EVENTS_A_PART = 500;

/** A page of cases, each with whom it is about where that is known. */
export interface CasePage {
  items: { row: Case; about?: Entry | components['schemas']['EntryKeyView'] | null | undefined }[];
  next: string | null;
}

export function casesQuery(filter: CaseFilter, sought: Sought) {
  return infiniteQueryOptions({
    queryKey: ['audit-cases', filter, sought],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const page = { ...(cursor && { cursor }), limit: 25 };
      return Object.keys(sought).length > 0 ? searched(filter, sought, page) : listed(filter, page);
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

interface Paging {
  cursor?: string;
  limit: number;
}

async function listed({ from, to, ...filter }: CaseFilter, page: Paging): Promise<CasePage> {
  const query = { ...filter, ...between(from, to), ...page };
  const { items, about, next } = await ask(api.GET('/api/v1/cases', { params: { query } }));
  const aboutOf = new Map(about.map((one) => [one.case, one]));
  return { items: items.map((row) => ({ row, about: aboutOf.get(row.id) })), next };
}

/** A POST, because who is looked for must stand in no address. */
async function searched({ number, from, to, ...filter }: CaseFilter, sought: Sought, page: Paging): Promise<CasePage> {
  const { who, ...people } = sought;
  const text = [who, number].filter(Boolean).join(' ');
  const body = { ...filter, ...people, ...(text && { text }), ...between(from, to), ...page };
  const { items, next } = await ask(api.POST('/api/v1/cases/search', { body }));
  return { items: items.map(({ case: row, about }) => ({ row, about })), next };
}

function between(from: string | undefined, to: string | undefined) {
  return { ...(from && { startedFrom: startOfDayOn(from) }), ...(to && { startedBefore: startOfDayOn(to, 1) }) };
}

export function statisticsQuery(process: string, { version, which, unit, from, to }: StatisticsSearch) {
  return queryOptions({
    queryKey: ['audit-statistics', process, { version, which, unit, from, to }],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/statistics', {
          params: {
            path: { process_key: process },
            query: {
              ...(version && { version }),
              ...(which && { which }),
              ...(unit && { unit }),
              ...between(from, to),
            },
          },
          signal,
        }),
      ),
  });
}

export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-case', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } })),
  });
}

/** A page of the events that the search chooses. */
export function eventsQuery(id: string, { sort, person, element, details }: CaseSearch) {
  // Whoever looks for something wants all of it; else the story will do.
  const story = !(details ?? sort ?? element);
  return infiniteQueryOptions({
    queryKey: ['audit-history', id, { sort, person, element, story }],
    initialPageParam: 0,
    queryFn: ({ pageParam: after, signal }) =>
      ask(
        api.GET('/api/v1/cases/{case_id}/history', {
          params: {
            path: { case_id: id },
            query: {
              after,
              limit: 100,
              story,
              ...(sort && { sort }),
              ...(person && { actor: person }),
              ...(element && { element }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** One event, with its sentence. */
export function eventQuery(id: string, sequence: number) {
  return queryOptions({
    queryKey: ['audit-history', id, sequence],
    queryFn: async ({ signal }) => {
      const params = { path: { case_id: id }, query: { after: sequence - 1, limit: 1 } };
      const page = await ask(api.GET('/api/v1/cases/{case_id}/history', { params, signal }));
      return page.items[0] ?? null;
    },
    staleTime: Infinity,
  });
}

/** What there is to choose among in the history, and which diagrams ran. */
export function outlineQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-history', id, 'outline'],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}/history/outline', { params: { path: { case_id: id } } })),
  });
}

/** Every event with no more than a walk over them takes, page after page. */
export function walkQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-history', id, 'walk'],
    queryFn: async ({ signal }) => {
      const events: WalkEvent[] = [];
      for (let after: number | null = 0; after !== null;) {
        const params = { path: { case_id: id }, query: { after } };
        const page: { items: WalkEvent[]; next: number | null } = await ask(
          api.GET('/api/v1/cases/{case_id}/history/walk', { params, signal }),
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

/** Everybody who works or has worked here, as far as one may know of them. */
export const peopleQuery = queryOptions({
  queryKey: ['audit-people'],
  queryFn: async () => {
    const { items } = await ask(api.GET('/api/v1/users', { params: { query: { closed: true } } }));
    return items.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  },
  staleTime: 300_000,
});

/** Who has looked at a case, the latest look first. */
export function looksQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['audit-looks', id],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before }) => {
      const params = { path: { case_id: id }, query: { ...(before !== undefined && { before }), limit: 100 } };
      return ask(api.GET('/api/v1/cases/{case_id}/looks', { params }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    gcTime: 0,
  });
}

export function usedFormsQuery(id: string) {
  return queryOptions({
    queryKey: ['audit-used-forms', id],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}/forms', { params: { path: { case_id: id } } })),
    staleTime: 60_000,
  });
}

/** A part of the case as it is taken away: asking for it is put on record as that. */
export function exportQuery(id: string, part: number) {
  return queryOptions({
    queryKey: ['audit-export', id, part],
    queryFn: () => {
      const params = { path: { case_id: id }, query: { after: (part - 1) * EVENTS_A_PART, limit: EVENTS_A_PART } };
      return ask(api.GET('/api/v1/cases/{case_id}/export.json', { params }));
    },
    staleTime: Infinity,
    gcTime: 0,
  });
}
