import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, ask, setCsrfToken } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Session = components['schemas']['SessionView'];

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  staleTime: Infinity,
});

async function readSession(): Promise<Session | null> {
  try {
    return kept(await ask(api.GET('/api/v1/session')));
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.status === 401) return null;
    throw problem;
  }
}

export async function signIn(name: string, password: string): Promise<Session> {
  return kept(await ask(api.POST('/api/v1/session', { body: { name, password } })));
}

export async function signOut(): Promise<void> {
  try {
    await ask(api.DELETE('/api/v1/session'));
  } catch (problem) {
    // A session that has ended by itself needs no ending.
    if (!(problem instanceof ApiProblem && problem.status === 401)) throw problem;
  }
  setCsrfToken('');
}

/** Whoever is signed in. For pages inside the shell, which shows itself to nobody else. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('This page was opened without a session.');
  return data;
}

/** The workplaces that somebody has something to do in, the first one being theirs. */
export function workplacesOf(session: Session): ('work' | 'design' | 'audit')[] {
  const { roles, memberships } = session;
  const places: ('work' | 'design' | 'audit')[] = [];
  if (memberships.length > 0) places.push('work');
  if (roles.includes('designer') || roles.includes('administrator')) places.push('design');
  if (roles.includes('auditor') || roles.includes('administrator') || memberships.some((unit) => unit.manages))
    places.push('audit');
  return places;
}

function kept(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}
