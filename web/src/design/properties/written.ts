/** What is wrong with an expression while it is being written: the draft as it was saved does not say so yet. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { Drawn } from '../drawing/bpmn';
import type { Finding } from '../drafts';
import { type FieldId, LONG, MAPPED, TEXT_OR_FEEL } from './fields';
import type { Mapping } from './mappings';
import type { Values } from './values';

const PAUSE_MS = 350;

export interface Written {
  field: FieldId;
  /** Of an input or output, what it is written to, and in which row. */
  target: string;
  row: number | undefined;
  text: string;
}

/** The expression that is other than before. One writes one at a time. */
export function writtenIn(before: Values, now: Values): Written | undefined {
  for (const field of [...LONG, ...TEXT_OR_FEEL]) {
    const text = now[field] ?? '';
    if (typeof text === 'string' && text !== (before[field] ?? '')) return { field, target: '', row: undefined, text };
  }
  for (const field of MAPPED) {
    const [old = [], rows = []] = [before[field], now[field]].map((one) => (one ?? []) as Mapping[]);
    const row = rows.length === old.length ? rows.findIndex((one, at) => one.expression !== old[at]?.expression) : -1;
    const mapping = rows[row];
    if (mapping) return { field, target: mapping.target, row, text: mapping.expression };
  }
  return undefined;
}

/** What is wrong with it, soon after one pauses; undefined while that is not known. */
export function useWrittenFindings(draft: string, element: Drawn, written: Written | undefined): Finding[] | undefined {
  const isPaused = usePause(written);
  const { data } = useQuery({
    queryKey: ['design', 'written', draft, element.id, written],
    queryFn: () => (written ? checkWritten(draft, element.id, written) : []),
    enabled: isPaused && written !== undefined,
    staleTime: 60_000,
    retry: false,
  });
  return data;
}

async function checkWritten(draft: string, element: string, { field, target, text }: Written): Promise<Finding[]> {
  const body: components['schemas']['ExpressionTyped'] = { element, field, target, text };
  const params = { path: { draft_id: draft } };
  return (await ask(api.POST('/api/v1/drafts/{draft_id}/expressions', { params, body }))).findings;
}

function usePause(what: Written | undefined): boolean {
  const [seen, setSeen] = useState<Written>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setSeen(what);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [what]);
  return seen === what;
}
