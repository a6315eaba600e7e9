import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';

export const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: async () => (await ask(api.GET('/api/v1/forms'))).items,
});

/** One version of a form, the newest without a number. */
export function formQuery(key: string, version?: number) {
  return queryOptions({
    queryKey: ['forms', key, version],
    queryFn: () =>
      version === undefined
        ? ask(api.GET('/api/v1/forms/{form_key}', { params: { path: { form_key: key } } }))
        : ask(
            api.GET('/api/v1/forms/{form_key}/versions/{number}', {
              params: { path: { form_key: key, number: version } },
            }),
          ),
  });
}

export function formVersionsQuery(key: string) {
  return queryOptions({
    queryKey: ['forms', key, 'versions'],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/forms/{form_key}/versions', { params: { path: { form_key: key } } }))).items,
  });
}
