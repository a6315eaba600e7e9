/** The names that FEEL may read where it stands, with their types in plain words. */
import { queryOptions } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';

export type Names = components['schemas']['ScopeView'];
export type Name = components['schemas']['NameView'];

/** At an element of the draft as it was saved; those of before stand until the new are there. */
export function namesQuery(draft: string, revision: number, element: string) {
  return queryOptions({
    queryKey: ['design', 'names', draft, revision, element],
    queryFn: () =>
      ask(api.GET('/api/v1/drafts/{draft_id}/names', { params: { path: { draft_id: draft }, query: { element } } })),
    placeholderData: (before: Names | undefined) => before,
    staleTime: Infinity,
  });
}

const KINDS = {
  '': 'unknown',
  boolean: 'boolean',
  context: 'context',
  date: 'date',
  'date and time': 'dateTime',
  'days and time duration': 'duration',
  function: 'function',
  list: 'list',
  number: 'number',
  range: 'range',
  string: 'string',
  time: 'time',
  'years and months duration': 'duration',
} as const;

/** `birthDate: a date`. */
export function told(t: TFunction<'draft'>, { name, kind, item, values }: Name): string {
  const kindOf = (one: string) => KINDS[one as keyof typeof KINDS] ?? 'unknown';
  const type =
    values.length > 0
      ? t('names.oneOf', { values: values.join(', ') })
      : kind === 'list' && item
        ? t('names.listOf', { kind: t(`names.${kindOf(item)}`) })
        : t(`names.${kindOf(kind)}`);
  return `${name}: ${type}`;
}
