import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Definition = components['schemas']['DefinitionView'];

export const definitionsQuery = queryOptions({
  queryKey: ['design', 'definitions'],
  queryFn: async () => (await ask(api.GET('/api/v1/definitions'))).items,
});

export function versionsQuery(key: string) {
  return queryOptions({
    queryKey: ['design', 'versions', key],
    queryFn: async () => {
      const path = { process_key: key };
      return (await ask(api.GET('/api/v1/definitions/{process_key}/versions', { params: { path } }))).items;
    },
  });
}
