import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type FoundCase = components['schemas']['FoundCaseView'];

/** A POST, because what is looked for must stand in no address. */
export function foundCasesQuery(text: string) {
  return infiniteQueryOptions({
    queryKey: ['cases', 'search', text],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ask(api.POST('/api/v1/cases/search', { body: { text, limit: 25, ...(cursor && { cursor }) } })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: text !== '',
  });
}
