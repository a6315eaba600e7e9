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

export function versionQuery(key: string, number: number) {
  return queryOptions({
    queryKey: ['design', 'versions', key, number],
    queryFn: () =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}', {
          params: { path: { process_key: key, number } },
        }),
      ),
  });
}

/** The forms, decisions and called processes that a version was deployed with. */
export function contentsQuery(key: string, number: number) {
  return queryOptions({
    queryKey: ['design', 'versions', key, number, 'contents'],
    queryFn: () =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}/contents', {
          params: { path: { process_key: key, number } },
        }),
      ),
    staleTime: Infinity,
  });
}

export function diagramQuery(key: string, number: number) {
  return queryOptions({
    queryKey: ['design', 'versions', key, number, 'diagram'],
    queryFn: () =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}/diagram', {
          params: { path: { process_key: key, number } },
          parseAs: 'text',
        }),
      ),
    staleTime: Infinity,
  });
}

export function retireProcess(key: string, reason: string): Promise<Definition> {
  return ask(
    api.POST('/api/v1/definitions/{process_key}/retire', { params: { path: { process_key: key } }, body: { reason } }),
  );
}

export function restoreProcess(key: string, reason: string): Promise<Definition> {
  return ask(
    api.POST('/api/v1/definitions/{process_key}/restore', { params: { path: { process_key: key } }, body: { reason } }),
  );
}
