/** What has become of a list since it was read, so that it can be told without moving anything. */
import type { Task, TaskRow } from '../tasks';

export interface ListNews {
  /** Those that the list would show now, and does not. */
  added: number;
  /** How the tasks in the list stand now, by id; those that one may no longer see lack. */
  standing: ReadonlyMap<string, Task>;
}

/** `isWhole` says that nothing follows what is shown: else what comes after the last row is no news, only further on. */
export function newsOf(
  shown: readonly TaskRow[],
  now: { rows: readonly TaskRow[]; standing: readonly Task[] },
  isWhole: boolean,
): ListNews {
  const known = new Set(shown.map(({ task }) => task.id));
  const last = now.rows.findLastIndex(({ task }) => known.has(task.id));
  const within = isWhole || last < 0 ? now.rows : now.rows.slice(0, last);
  return {
    added: within.filter(({ task }) => !known.has(task.id)).length,
    standing: new Map(now.standing.map((task) => [task.id, task])),
  };
}

export type Mark = 'ended' | 'gone' | 'taken' | 'given' | 'released';

/** What to say of a row that others have changed since the list was read; `own` are those that I have done something with. */
export function markOf(
  before: Task,
  news: ListNews | undefined,
  me: string,
  own: ReadonlySet<string>,
): Mark | undefined {
  if (!news) return undefined;
  const now = news.standing.get(before.id);
  if (!now) return 'gone';
  if (now.state === 'completed' || now.state === 'cancelled') return 'ended';
  if (now.claimedBy?.id === before.claimedBy?.id || own.has(before.id)) return undefined;
  if (!now.claimedBy) return 'released';
  return now.claimedBy.id === me ? 'given' : 'taken';
}
