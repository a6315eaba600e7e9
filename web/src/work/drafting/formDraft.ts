import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { JsonObject } from '@/shared/form/rules/schema';
import type { OnServer } from './useDraft';

/** Which form that belongs to no task: the one that begins a case, a new entry of a register, or a message to a case. */
export type FormPlace = { kind: 'start' | 'entry'; key: string } | { kind: 'message'; key: string; message: string };
type FormDraft = components['schemas']['FormDraftView'];

/** One's own draft of the form, read once: what is typed from then on is the page's. */
export function formDraftQuery(place: FormPlace) {
  return queryOptions({
    queryKey: ['form-draft', place],
    queryFn: () => read(place),
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function formDraft(place: FormPlace, kept: FormDraft | null, formVersion: number | null): OnServer {
  return {
    what: place.kind === 'message' ? `message ${place.key} ${place.message}` : `${place.kind} ${place.key}`,
    begun: { values: {} as JsonObject, baseSequence: 0 },
    kept: kept ? { ...kept, baseSequence: 0 } : undefined,
    send: async (values, _, seen) => {
      const params = { ...paramsOf(place), header: { 'If-Match': `"${seen}"` } };
      const saved = await ask(api.PUT('/api/v1/form-drafts/{kind}/{key}', { params, body: { values, formVersion } }));
      return { ...saved, baseSequence: 0 };
    },
    fetch: async () => {
      const there = await read(place);
      return there ? { ...there, baseSequence: 0 } : undefined;
    },
  };
}

async function read(place: FormPlace): Promise<FormDraft | null> {
  return (await ask(api.GET('/api/v1/form-drafts/{kind}/{key}', { params: paramsOf(place) }))).draft;
}

export function paramsOf(place: FormPlace) {
  const path = { kind: place.kind, key: place.key };
  return place.kind === 'message' ? { path, query: { message: place.message } } : { path };
}
