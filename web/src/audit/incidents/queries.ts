import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { listedBy, type IncidentFilter } from './incidentFilter';

export type IncidentRow = components['schemas']['IncidentRow'];
export type IncidentGroup = components['schemas']['IncidentGroupView'];
export type IncidentDetail = components['schemas']['IncidentDetail'];

/** Incidents one by one: open ones with the oldest first, solved ones with the last one solved first. */
export function incidentsQuery(filter: IncidentFilter, message?: string) {
  return infiniteQueryOptions({
    queryKey: ['incidents', filter, message],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const query = {
        ...listedBy(filter),
        ...(message !== undefined && { message }),
        ...(cursor && { cursor }),
        limit: 50,
      };
      return ask(api.GET('/api/v1/incidents', { params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What is stuck, by its causes, the most frequent first. */
export function incidentGroupsQuery(filter: IncidentFilter) {
  return queryOptions({
    queryKey: ['incidents', 'groups', filter],
    queryFn: async () => (await ask(api.GET('/api/v1/incident-groups', { params: { query: listedBy(filter) } }))).items,
    placeholderData: keepPreviousData,
  });
}

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ['incident', id],
    queryFn: () => ask(api.GET('/api/v1/incidents/{incident_id}', { params: { path: { incident_id: id } } })),
  });
}
