import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { concerns } from '@/shared/live';
import { useLive } from '@/shared/useLive';
import type { TaskFilter } from '../taskFilter';
import { readStanding, readTasksNow, tasksQuery, type TaskRow } from '../tasks';
import { newsOf } from './listNews';

const LOOK_AHEAD = 25;

/** The list as it was read, and what has changed since. One who comes back to it finds it as it was left. */
export function useTaskList(filter: TaskFilter, isBack: boolean) {
  const list = useInfiniteQuery({
    ...tasksQuery(filter),
    // Of one's own doing the list is read anew; else it stands as it was left, and what is new is told.
    refetchOnMount: (query) => query.state.isInvalidated || !isBack,
  });
  const rows = onceEach(list.data?.pages.flatMap((page) => page.items) ?? []);
  const [before, setBefore] = useState<ReadonlySet<string>>();
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set());
  const [looks, setLooks] = useState(isBack ? 1 : 0);
  useLive((heard) => {
    if (concerns(heard, 'tasks')) setLooks((count) => count + 1);
  });
  const isSettled = list.isSuccess && !list.isFetching && !list.isPlaceholderData;
  const { data: now } = useQuery({
    queryKey: ['tasks-now', filter, list.dataUpdatedAt, looks],
    queryFn: async () => {
      const [found, standing] = await Promise.all([
        readTasksNow(filter, rows.length + LOOK_AHEAD),
        readStanding(rows.map(({ task }) => task.id)),
      ]);
      return { of: list.dataUpdatedAt, rows: found, standing };
    },
    enabled: isSettled && looks > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Infinity,
  });
  const news = now?.of === list.dataUpdatedAt ? newsOf(rows, now, !list.hasNextPage) : undefined;
  return {
    ...list,
    rows,
    news,
    /** The tasks that were not in the list before what was new was shown. */
    isNew: (id: string) => before !== undefined && !before.has(id),
    /** Shows what is new: the list as it is now, as far as it was read. */
    showNews: async () => {
      const ids = new Set(rows.map(({ task }) => task.id));
      await list.refetch();
      setBefore(ids);
    },
    own,
    /** Sees how the tasks stand, after one's own doing with one of them. */
    look: (id: string) => {
      setOwn((ids) => new Set([...ids, id]));
      setLooks((count) => count + 1);
    },
  };
}

/** A task whose time became another between two pages stands where it was read first. */
function onceEach(rows: readonly TaskRow[]): TaskRow[] {
  const known = new Set<string>();
  return rows.filter(({ task: { id } }) => !known.has(id) && known.add(id));
}
