import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Imported = components['schemas']['ImportedView'];

export const MOST_BYTES = 5_000_000;

const AS_ZIP = { 'Content-Type': 'application/zip' };

/** Takes a zip in as a new draft, or as the next save of one at a revision. */
export function importZip(file: Blob, into?: { id: string; revision: number }): Promise<Imported> {
  const sent = { headers: AS_ZIP, body: file as unknown as string, bodySerializer: (body: unknown) => body as Blob };
  if (!into) return ask(api.POST('/api/v1/drafts/import', sent));
  return ask(
    api.POST('/api/v1/drafts/{draft_id}/import', {
      ...sent,
      params: { path: { draft_id: into.id }, header: { 'If-Match': `"${String(into.revision)}"` } },
    }),
  );
}

export function draftZip(draftId: string): string {
  return `/api/v1/drafts/${encodeURIComponent(draftId)}/zip`;
}

export function versionZip(key: string, version: number): string {
  return `/api/v1/definitions/${encodeURIComponent(key)}/versions/${String(version)}/zip`;
}
