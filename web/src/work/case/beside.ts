/** What people keep with a case: notes and files. */
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Note = Schemas['NoteView'];
export type CaseFile = Schemas['FileView'];
export type FileList = Schemas['FileList'];

export function notesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['case', id, 'notes'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const params = { path: { case_id: id }, query: { ...(cursor && { cursor }), limit: 20 } };
      return ask(api.GET('/api/v1/cases/{case_id}/notes', { params }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function filesQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id, 'files'],
    queryFn: () => ask(api.GET('/api/v1/cases/{case_id}/files', { params: { path: { case_id: id } } })),
  });
}

/** Asks for the same now, whether or not there seems to be a network: a session that has ended is gone into again by it.
 * What was asked before counts for nothing: it may be the answer to a session that has ended since. */
export async function askFilesNow(queries: QueryClient, id: string): Promise<FileList> {
  const query = filesQuery(id);
  await queries.cancelQueries({ queryKey: query.queryKey, exact: true });
  return queries.fetchQuery({ ...query, staleTime: 0, networkMode: 'always', retry: false });
}

export function addressOf(caseId: string, file: CaseFile): string {
  return `/api/v1/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(file.id)}`;
}
