/** The views of the task list that one has named: the server keeps them, so that they are there on any machine. */
import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { isSameFilter, readTaskFilter, type TaskFilter } from '../taskFilter';

export type SavedView = components['schemas']['SavedViewView'];
type Change = components['schemas']['SavedViewChange'];

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await ask(api.GET('/api/v1/saved-views'))).items,
});

export function filterOf(view: SavedView): TaskFilter {
  return readTaskFilter(view.search);
}

/** The view that stands in the address, if it has a name. */
export function viewOf(filter: TaskFilter, views: readonly SavedView[]): SavedView | undefined {
  return views.find((view) => isSameFilter(filterOf(view), filter));
}

/** Where to begin: nothing is narrowed where no view was chosen for that. */
export function startOf(views: readonly SavedView[]): TaskFilter {
  const start = views.find(({ isStart }) => isStart);
  return start ? filterOf(start) : {};
}

export function saveView(name: string, filter: TaskFilter, isStart: boolean): Promise<SavedView> {
  return ask(api.POST('/api/v1/saved-views', { body: { name, search: { ...filter }, isStart } }));
}

export function changeView(id: string, change: Change): Promise<SavedView> {
  return ask(api.PATCH('/api/v1/saved-views/{view_id}', { params: { path: { view_id: id } }, body: change }));
}

export async function forgetView(id: string): Promise<void> {
  await ask(api.DELETE('/api/v1/saved-views/{view_id}', { params: { path: { view_id: id } } }));
}
