import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type FormVersion = components['schemas']['FormVersionView'];

export const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: async () => (await ask(api.GET('/api/v1/forms'))).items,
});

export function formQuery(key: string) {
  return queryOptions({
    queryKey: ['forms', key],
    queryFn: () => ask(api.GET('/api/v1/forms/{form_key}', { params: { path: { form_key: key } } })),
  });
}
