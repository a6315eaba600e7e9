import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { startOfDay } from '@/shared/time';
import type { TaskFilter } from './taskFilter';

export type Task = components['schemas']['TaskView'];
export type TaskRow = components['schemas']['TaskRowView'];
export type TaskForm = components['schemas']['TaskFormView'];
export type TaskCount = components['schemas']['TaskCountView'];

export function isOpen({ state }: Task): boolean {
  return state === 'ready' || state === 'claimed';
}

const PAGE = 25;
const MOST_ROWS = 200;
const MOST_IDS = 100;

/** How a filter and a sort are asked for. Days begin as they do at the offices. */
function asked({ show, when, unit, process, sort }: TaskFilter) {
  return {
    ...(show === 'mine' && { mine: true }),
    states: show === 'free' ? (['ready'] as const) : (['ready', 'claimed'] as const),
    ...(when === 'overdue' && { dueBefore: new Date().toISOString() }),
    ...(when === 'today' && { dueBefore: startOfDay(1).toISOString() }),
    ...(when === 'week' && { dueBefore: startOfDay(8).toISOString() }),
    ...(when === 'new' && { createdSince: startOfDay(-1).toISOString() }),
    ...(unit && { unit }),
    ...(process && { process }),
    ...(sort && { sort }),
  };
}

async function readTasks(filter: TaskFilter, page: { cursor?: string | undefined; limit: number }) {
  const { cursor, limit } = page;
  const query = { ...asked(filter), ...(cursor && { cursor }), limit };
  return ask(api.GET('/api/v1/tasks', { params: { query: { ...query, states: [...query.states] } } }));
}

/** The list as it was when it was read: it changes when the reader asks for that, not by itself. */
export function tasksQuery(filter: TaskFilter) {
  return infiniteQueryOptions({
    queryKey: ['tasks', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => readTasks(filter, { cursor, limit: PAGE }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** The beginning of the list as it is now, to compare with one that was read before. */
export async function readTasksNow(filter: TaskFilter, length: number): Promise<TaskRow[]> {
  return (await readTasks(filter, { limit: Math.min(length, MOST_ROWS) })).items;
}

/** How these tasks stand now, ended ones too; those that one may no longer see are left out. */
export async function readStanding(ids: readonly string[]): Promise<Task[]> {
  const chunks = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, index) =>
    ids.slice(index * MOST_IDS, (index + 1) * MOST_IDS),
  );
  const states = ['ready', 'claimed', 'completed', 'cancelled'] as const;
  const answers = await Promise.all(
    chunks.map((chunk) =>
      ask(api.GET('/api/v1/tasks', { params: { query: { ids: chunk, states: [...states], limit: MOST_IDS } } })),
    ),
  );
  return answers.flatMap(({ items }) => items.map(({ task }) => task));
}

export function countsQuery({ unit, process }: TaskFilter) {
  return queryOptions({
    queryKey: ['task-counts', { unit, process }],
    queryFn: () =>
      ask(
        api.GET('/api/v1/tasks/counts', { params: { query: { ...(unit && { unit }), ...(process && { process }) } } }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ['task', id],
    queryFn: () => ask(api.GET('/api/v1/tasks/{task_id}', { params: { path: { task_id: id } } })),
    // The form is being filled in: nothing may change under it by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
}

export const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: async () => (await ask(api.GET('/api/v1/definitions'))).items,
  staleTime: 300_000,
});

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: async () => (await ask(api.GET('/api/v1/groups'))).items,
  staleTime: 300_000,
});
