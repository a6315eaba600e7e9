import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { currentLanguage } from './i18n';

export type Installation = components['schemas']['InstallationView'];
export type DemoAccount = components['schemas']['DemoAccountView'];

/** What this installation is called, how it looks, and whom to ask. */
export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: () => ask(api.GET('/api/v1/installation')),
  staleTime: Infinity,
});

/** The name that people here know the product by. */
export function useProductName(): string {
  const { t } = useTranslation();
  const { data } = useQuery(installationQuery);
  return data?.name[currentLanguage()] ?? t('product');
}
