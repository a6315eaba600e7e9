import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Draft = components['schemas']['PackageDraftView'];
export type WholeDraft = components['schemas']['WholeDraftView'];
export type DraftSave = components['schemas']['DraftSaveView'];
export type Finding = components['schemas']['DraftFindingView'];
type ScenarioReport = components['schemas']['ScenarioReportView'];

export const DIAGRAM = 'process.bpmn';

export const draftsQuery = queryOptions({
  queryKey: ['design', 'drafts'],
  queryFn: async () => (await ask(api.GET('/api/v1/drafts'))).items,
});

export function readDraft(id: string): Promise<WholeDraft> {
  return ask(api.GET('/api/v1/drafts/{draft_id}', { params: { path: { draft_id: id } } }));
}

export function draftQuery(id: string) {
  return queryOptions({
    queryKey: ['design', 'draft', id],
    queryFn: () => readDraft(id),
    // It is being drawn in: nothing may change under it by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** What is wrong with the draft at a revision; what was found before stays until the new is there. */
export function findingsQuery(id: string, revision: number) {
  return queryOptions({
    queryKey: ['design', 'findings', id, revision],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/drafts/{draft_id}/findings', { params: { path: { draft_id: id } } }))).findings,
    placeholderData: (before: Finding[] | undefined) => before,
    staleTime: Infinity,
  });
}

interface NewDraft {
  key: string;
  /** The version to begin from; a new process without one. */
  version?: number;
  name?: string;
  nameEn?: string;
  form?: string;
}

export function createDraft(body: NewDraft): Promise<WholeDraft> {
  return ask(api.POST('/api/v1/drafts', { body: { name: '', nameEn: '', form: '', ...body } }));
}

/** Saved `apart`, what was there before stays in the history whoever saved it. */
export function saveFiles(
  id: string,
  revision: number,
  files: Record<string, string | null>,
  apart = false,
): Promise<Draft> {
  return ask(
    api.PATCH('/api/v1/drafts/{draft_id}', {
      params: { path: { draft_id: id }, header: { 'If-Match': `"${String(revision)}"` } },
      body: { files, apart },
    }),
  );
}

/** Saves files that are new to a draft, also where somebody else has saved others meanwhile. */
export async function addFiles({ draft }: WholeDraft, files: Record<string, string>): Promise<Draft> {
  try {
    return await saveFiles(draft.id, draft.revision, files);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    const now = await readDraft(draft.id);
    if (Object.keys(files).some((path) => path in now.files)) throw error;
    return saveFiles(draft.id, now.draft.revision, files);
  }
}

/** Whether somebody else has saved the draft since it was read. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ApiProblem && [409, 412].includes(error.status);
}

/** Keeps files in the history of the draft, beside the draft itself. */
export function keepCopy(id: string, files: Record<string, string | null>): Promise<Draft> {
  return ask(api.POST('/api/v1/drafts/{draft_id}/copies', { params: { path: { draft_id: id } }, body: { files } }));
}

export function savesQuery(id: string) {
  return queryOptions({
    queryKey: ['design', 'saves', id],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/drafts/{draft_id}/saves', { params: { path: { draft_id: id } } }))).items,
    staleTime: 0,
  });
}

export function savedQuery(id: string, revision: number) {
  return queryOptions({
    queryKey: ['design', 'saves', id, revision],
    queryFn: () =>
      ask(api.GET('/api/v1/drafts/{draft_id}/saves/{revision}', { params: { path: { draft_id: id, revision } } })),
    staleTime: Infinity,
  });
}

export function removeDraft(id: string): Promise<unknown> {
  return ask(api.DELETE('/api/v1/drafts/{draft_id}', { params: { path: { draft_id: id } } }));
}

export function runScenarios(id: string): Promise<ScenarioReport> {
  return ask(api.POST('/api/v1/drafts/{draft_id}/scenarios', { params: { path: { draft_id: id } } }));
}

export function deployDraft(id: string, revision: number, note: string, replaces: number | null) {
  return ask(
    api.POST('/api/v1/drafts/{draft_id}/deploy', {
      params: { path: { draft_id: id }, header: { 'If-Match': `"${String(revision)}"` } },
      body: { note, replaces },
    }),
  );
}
