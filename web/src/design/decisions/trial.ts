import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

/** Where a decision stands that is tried: in a draft, or in a deployed version. */
export type Standing = { draft: string } | { process: string; version: number };

export type Asked = components['schemas']['AskedView'];
export type Trial = components['schemas']['TrialView'];
export type TriedTable = components['schemas']['TableView'];

/** What a decision asks for, as the draft is saved. */
export function questionQuery(standing: Standing, decision: string, revision = 0) {
  return queryOptions({
    queryKey: ['design', 'question', standing, decision, revision],
    queryFn: () =>
      'draft' in standing
        ? ask(
            api.GET('/api/v1/drafts/{draft_id}/decisions/{decision_id}', {
              params: { path: { draft_id: standing.draft, decision_id: decision } },
            }),
          )
        : ask(
            api.GET('/api/v1/definitions/{process_key}/versions/{number}/decisions/{decision_id}', {
              params: { path: { ...versionPath(standing), decision_id: decision } },
            }),
          ),
    placeholderData: (before: components['schemas']['QuestionView'] | undefined) => before,
    staleTime: Infinity,
    retry: false,
  });
}

/** How a decision comes out on values, in a draft with a file as it is written now. */
export function trialQuery(
  standing: Standing,
  decision: string,
  values: Record<string, string>,
  unsaved: Record<string, string> = {},
) {
  return queryOptions({
    queryKey: ['design', 'trial', standing, decision, values, unsaved],
    queryFn: () =>
      'draft' in standing
        ? ask(
            api.POST('/api/v1/drafts/{draft_id}/decisions/{decision_id}/evaluate', {
              params: { path: { draft_id: standing.draft, decision_id: decision } },
              body: { values, unsaved },
            }),
          )
        : ask(
            api.POST('/api/v1/definitions/{process_key}/versions/{number}/decisions/{decision_id}/evaluate', {
              params: { path: { ...versionPath(standing), decision_id: decision } },
              body: { values },
            }),
          ),
    placeholderData: (before: Trial | undefined) => before,
    gcTime: 60_000,
    retry: false,
  });
}

function versionPath({ process, version }: { process: string; version: number }) {
  return { process_key: process, number: version };
}

/** FEEL of what somebody writes in the field of a value. */
export function feelOf(asked: Asked, text: string): string {
  const written = text.trim();
  if (!written) return '';
  if (asked.kind === 'string') return JSON.stringify(written);
  if (asked.kind === 'number') return written.replace(',', '.');
  if (asked.kind === 'date') return `@"${written}"`;
  return written;
}

/** What stands in the field of a value for FEEL: the reverse of `feelOf`. */
export function textOf(asked: Asked, feel: string): string {
  if (feel === 'null') return '';
  if (asked.kind === 'string') {
    try {
      return String(JSON.parse(feel));
    } catch {
      return feel.replace(/^"|"$/g, '');
    }
  }
  return asked.kind === 'date' ? feel.replace(/^@"|"$/g, '') : feel;
}

/** What it gives on nothing, without what lacks. */
export function unhindered(trial: Trial): Trial {
  return { ...trial, problem: null, rules: [], wrong: {} };
}
