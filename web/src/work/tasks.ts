import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { startOfDay } from '@/shared/time';
import type { TaskFilter } from './taskFilter';

export type Task = components['schemas']['TaskView'];
export type TaskRow = components['schemas']['TaskRowView'];
export type TaskForm = components['schemas']['TaskFormView'];

export function tasksQuery({ show, due, process }: TaskFilter) {
  return infiniteQueryOptions({
    queryKey: ['tasks', { show, due, process }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ask(
        api.GET('/api/v1/tasks', {
          params: {
            query: {
              ...(show === 'mine' && { mine: true }),
              states: show === 'free' ? ['ready'] : ['ready', 'claimed'],
              ...(due && { dueBefore: startOfDay(due === 'today' ? 1 : 8).toISOString() }),
              ...(process && { process }),
              ...(cursor && { cursor }),
              limit: 25,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
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
