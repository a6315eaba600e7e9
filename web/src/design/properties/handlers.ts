/** Handlers that a service task may name: those that are installed on the server, and what each needs. */
import { queryOptions } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { Choice } from './propertiesForm';

export type Handler = components['schemas']['ServiceHandlerView'];

export const handlersQuery = queryOptions({
  queryKey: ['service-handlers'],
  queryFn: async () => (await ask(api.GET('/api/v1/service-handlers'))).items,
});

/** By name; those that must get inputs are told with them. */
export function handlersToChoose(handlers: readonly Handler[], t: TFunction<'draft'>): Choice[] {
  return handlers.map(({ name, inputs }) => ({
    value: name,
    text: inputs.length > 0 ? t('handler.needs', { name, inputs: inputs.join(', ') }) : name,
  }));
}
