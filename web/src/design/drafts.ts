import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Draft = components['schemas']['PackageDraftView'];
export type WholeDraft = components['schemas']['WholeDraftView'];
export type Finding = components['schemas']['DraftFindingView'];
export type ScenarioReport = components['schemas']['ScenarioReportView'];

export const DIAGRAM = 'process.bpmn';

export const draftsQuery = queryOptions({
  queryKey: ['design', 'drafts'],
  queryFn: async () => (await ask(api.GET('/api/v1/drafts'))).items,
});

export function draftQuery(id: string) {
  return queryOptions({
    queryKey: ['design', 'draft', id],
    queryFn: () => ask(api.GET('/api/v1/drafts/{draft_id}', { params: { path: { draft_id: id } } })),
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

export function createDraft(body: { key: string; version?: number; name?: string }): Promise<WholeDraft> {
  return ask(api.POST('/api/v1/drafts', { body: { name: '', ...body } }));
}

export function saveFiles(id: string, revision: number, files: Record<string, string | null>): Promise<Draft> {
  return ask(
    api.PATCH('/api/v1/drafts/{draft_id}', {
      params: { path: { draft_id: id }, header: { 'If-Match': `"${String(revision)}"` } },
      body: { files },
    }),
  );
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
