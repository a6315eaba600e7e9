/** Who may hand a task or a case over, and to whom. The server decides; this keeps from offering what it would refuse. */
import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { Session } from '@/shared/session';
import type { Case } from '../cases';
import type { Task } from '../tasks';

export type Colleague = components['schemas']['UserView'];

export function colleaguesQuery(unit: string) {
  return queryOptions({
    queryKey: ['colleagues', unit],
    queryFn: async () => (await ask(api.GET('/api/v1/users', { params: { query: { unit } } }))).items,
    staleTime: 60_000,
  });
}

/** Whoever holds the task, and the head of its unit. */
export function mayHandOver(task: Task, session: Session): boolean {
  if (task.state !== 'ready' && task.state !== 'claimed') return false;
  return task.claimedBy?.id === session.userId || isHead(task, session);
}

/** Others in the unit: those in the task's groups, or for its head everybody. By name. */
export function receiversOf(task: Task, colleagues: readonly Colleague[], session: Session): Colleague[] {
  const groups = task.candidateGroups;
  return colleagues
    .filter(({ id }) => id !== task.claimedBy?.id)
    .filter(({ memberships }) => {
      const here = memberships.filter(({ unit }) => unit === task.unit);
      if (isHead(task, session) || groups.length === 0) return here.length > 0;
      return here.some((one) => one.groups.some((group) => groups.includes(group)));
    })
    .sort(byName);
}

const isOpen = ({ status }: Case): boolean => status === 'active' || status === 'suspended';

/** Whoever is responsible for the case, and the head of its unit. */
export function mayHandOverCase(one: Case, session: Session): boolean {
  return isOpen(one) && (one.responsible?.id === session.userId || isHead(one, session));
}

/** Whoever works in the unit of a case that nobody is responsible for. */
export function mayTakeOver(one: Case, session: Session): boolean {
  return isOpen(one) && one.responsible === null && session.memberships.some(({ unit }) => unit === one.unit);
}

/** Everybody else in the case's unit, by name. */
export function caseReceivers(one: Case, colleagues: readonly Colleague[]): Colleague[] {
  return colleagues
    .filter(({ id, memberships }) => id !== one.responsible?.id && memberships.some(({ unit }) => unit === one.unit))
    .sort(byName);
}

function isHead({ unit }: { unit: string }, session: Session): boolean {
  return session.memberships.some((place) => place.manages && place.unit === unit);
}

function byName(one: Colleague, other: Colleague): number {
  return one.name.localeCompare(other.name, 'sv');
}
