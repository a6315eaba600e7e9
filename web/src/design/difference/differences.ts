import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { Mark } from '@/shared/diagram/DiagramViewer';

export type Difference = components['schemas']['DifferenceView'];
export type Change = components['schemas']['ChangeView'];
export type ChangedPart = components['schemas']['ChangedPartView'];
export type How = 'added' | 'removed' | 'changed' | 'rewritten';

/** How a draft differs from the version that is live, or from an older one. Asked anew each time: drafts change. */
export function draftDifferenceQuery(draftId: string, revision: number | undefined, from?: number) {
  return queryOptions({
    queryKey: ['design', 'difference', 'draft', draftId, revision, from],
    queryFn: () =>
      ask(
        api.GET('/api/v1/drafts/{draft_id}/difference', {
          params: { path: { draft_id: draftId }, query: from === undefined ? {} : { from } },
        }),
      ),
    staleTime: revision === undefined ? 0 : Infinity,
  });
}

export function versionDifferenceQuery(key: string, version: number, from?: number) {
  return queryOptions({
    queryKey: ['design', 'difference', 'version', key, version, from],
    queryFn: () =>
      ask(
        api.GET('/api/v1/definitions/{process_key}/versions/{number}/difference', {
          params: { path: { process_key: key, number: version }, query: from === undefined ? {} : { from } },
        }),
      ),
  });
}

export function howOf(change: { how: string }): How {
  return (['added', 'removed', 'changed'] as const).find((one) => one === change.how) ?? 'rewritten';
}

/** How many of the changes there are of each kind, without the kinds of which there are none. */
export function counted(changes: readonly { how: string }[]): [How, number][] {
  return (['added', 'removed', 'changed', 'rewritten'] as const)
    .map((how): [How, number] => [how, changes.filter((one) => howOf(one) === how).length])
    .filter(([, count]) => count > 0);
}

/** What is marked on one of the two diagrams: what is gone on the old one, what is new on the new one, changes on both. */
export function marksOf(difference: Difference, side: 'before' | 'after', words: Record<How, string>): Mark[] {
  const other = side === 'before' ? 'added' : 'removed';
  return [...difference.elements, ...difference.flows].flatMap((change) => {
    const how = howOf(change);
    return how === other || how === 'rewritten' ? [] : [{ element: change.id, kind: how, text: words[how] }];
  });
}
