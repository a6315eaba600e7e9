/** What stands in the address of the task list. */
export interface TaskFilter {
  show?: 'mine' | 'free';
  due?: 'today' | 'week';
  process?: string;
}

export function readTaskFilter(search: Record<string, unknown>): TaskFilter {
  const { show, due, process } = search;
  return {
    ...((show === 'mine' || show === 'free') && { show }),
    ...((due === 'today' || due === 'week') && { due }),
    ...(typeof process === 'string' && process && { process }),
  };
}
