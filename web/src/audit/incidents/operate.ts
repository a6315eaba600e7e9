/** What an operator does to an incident. Each is told in the case's history, with its reason. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { useSession } from '@/shared/session';
import type { Correction } from './correction';

type IncidentRow = components['schemas']['IncidentRow'];
export type Incident = components['schemas']['IncidentView'];

const TOUCHED = ['incidents', 'incident', 'audit-case', 'audit-history', 'audit-verification', 'audit-statistics'];

/** The lists and what is known of cases are asked for again. */
export function asksAnew(queries: QueryClient) {
  return Promise.all(TOUCHED.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

/** Something done to an incident; the list and what is known of its case are asked for again afterwards. */
export function useOperation<Asked, Answered>(operate: (asked: Asked) => Promise<Answered>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: operate, onSuccess: () => asksAnew(queries) });
}

/** Whether one may solve what is stuck in the cases of a unit. */
export function useMayOperate(unit: string): boolean {
  const { roles, memberships } = useSession();
  return roles.includes('administrator') || memberships.some((one) => one.unit === unit && one.manages);
}

export function retry(incident: Incident, reason: string) {
  const params = { path: { incident_id: incident.id } };
  return ask(api.POST('/api/v1/incidents/{incident_id}/retry', { params, body: { reason } }));
}

export function skip(incident: Incident, reason: string, flows: string[]) {
  const params = { path: { incident_id: incident.id } };
  return ask(api.POST('/api/v1/incidents/{incident_id}/skip', { params, body: { reason, flows } }));
}

function mend(incident: Incident, path: string, value: unknown, reason: string) {
  const body = { changes: { [path]: value }, reason, call: incident.call, position: '' };
  return ask(api.PATCH('/api/v1/cases/{case_id}/data', { params: { path: { case_id: incident.caseId } }, body }));
}

/** What came of a correction: what trying again gave, or why that was refused, where it was asked for. */
export interface Mended {
  tried?: IncidentRow;
  refused?: unknown;
}

/** Puts a value right and tries again at once where that is asked for. The correction holds, whatever comes of the rest. */
export function mendAndRetry(incident: Incident) {
  return async ({ path, value, reason, again }: Correction): Promise<Mended> => {
    await mend(incident, path, value, reason);
    if (!again) return {};
    try {
      return { tried: await retry(incident, reason) };
    } catch (refused) {
      return { refused };
    }
  };
}
