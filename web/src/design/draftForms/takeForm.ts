import { api, ask } from '@/api/client';
import type { WholeDraft } from '../drafts';

/** Copies the form's newest version into the draft; with `keepOwn` only notes that the draft's form goes on from it. */
export function takeForm(id: string, revision: number, key: string, keepOwn = false): Promise<WholeDraft> {
  return ask(
    api.POST('/api/v1/drafts/{draft_id}/forms', {
      params: { path: { draft_id: id }, header: { 'If-Match': `"${String(revision)}"` } },
      body: { key, keepOwn },
    }),
  );
}
