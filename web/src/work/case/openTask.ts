/** Which task of a case its page opens by itself. */
import type { Session } from '@/shared/session';
import type { CaseDetail } from '../cases';

type Task = CaseDetail['tasks'][number];

/**
 * The open tasks that the reader holds or may take, theirs first, then by due time; those of others are left out. Somebody
 * of another unit who is tied to the case takes what is for their groups there.
 */
export function tasksFor({ userId, memberships }: Session, { tasks, members, case: { unit } }: CaseDetail): Task[] {
  const isMember = memberships.some((place) => place.unit === unit);
  const isTied = members.some(({ id }) => id === userId);
  const places = isMember || !isTied ? memberships.filter((place) => place.unit === unit) : memberships;
  const groups = new Set(places.flatMap((place) => place.groups));
  const mine = tasks.filter((task) => task.state === 'claimed' && task.claimedBy?.id === userId);
  const free = tasks.filter(
    ({ state, candidateGroups }) =>
      state === 'ready' &&
      (candidateGroups.length === 0 ? isMember : candidateGroups.some((group) => groups.has(group))),
  );
  return [...mine, ...free.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'))];
}
