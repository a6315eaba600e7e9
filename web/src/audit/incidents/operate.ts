import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Incident = components['schemas']['IncidentView'];

/** Something done to an incident; the list and what is known of its case are asked for again afterwards. */
export function useOperation<Asked, Answered>(operate: (asked: Asked) => Promise<Answered>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: operate,
    onSuccess: () =>
      Promise.all(
        ['incidents', 'audit-case', 'audit-history', 'audit-verification'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}

export function retry(incident: Incident) {
  return ask(api.POST('/api/v1/incidents/{incident_id}/retry', { params: { path: { incident_id: incident.id } } }));
}

export function skip(incident: Incident, reason: string, flows: string[]) {
  const params = { path: { incident_id: incident.id } };
  return ask(api.POST('/api/v1/incidents/{incident_id}/skip', { params, body: { reason, flows } }));
}

export function mend(incident: Incident, path: string, value: unknown, reason: string) {
  const body = { changes: { [path]: value }, reason, call: incident.call, position: '' };
  return ask(api.PATCH('/api/v1/cases/{case_id}/data', { params: { path: { case_id: incident.caseId } }, body }));
}

/** What somebody means by a value that they typed: JSON where it is JSON, else the text itself. */
export function meant(typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}
