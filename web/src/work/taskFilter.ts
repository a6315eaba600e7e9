/** What stands in the address of the task list, and of a task that was opened from it. */
export const WHOSE = ['mine', 'free'] as const;
export const WHEN = ['overdue', 'today', 'week', 'new'] as const;
export const SORTS = ['created', 'priority'] as const;

export interface TaskFilter {
  /** Those that I have taken, or that nobody has; all that I can do without it. */
  show?: (typeof WHOSE)[number];
  /** Past their time, due today or before, due within a week or before, or new since yesterday. */
  when?: (typeof WHEN)[number];
  unit?: string;
  process?: string;
  /** By due time without it. */
  sort?: (typeof SORTS)[number];
}

export function readTaskFilter(search: Record<string, unknown>): TaskFilter {
  const show = WHOSE.find((one) => one === search.show);
  const when = WHEN.find((one) => one === search.when);
  const sort = SORTS.find((one) => one === search.sort);
  const { unit, process } = search;
  return {
    ...(show && { show }),
    ...(when && { when }),
    ...(typeof unit === 'string' && unit && { unit }),
    ...(typeof process === 'string' && process && { process }),
    ...(sort && { sort }),
  };
}

export function isSameFilter(one: TaskFilter, other: TaskFilter): boolean {
  return (['show', 'when', 'unit', 'process', 'sort'] as const).every((name) => one[name] === other[name]);
}

/** Whether the list shows less than everything, in whatever order. */
export function narrows(filter: TaskFilter): boolean {
  return Object.keys(filter).some((name) => name !== 'sort');
}
