/** Trying many incidents again, part by part, so that one sees how far it has come and can stop. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import { asksAnew } from './operate';

export type Retried = components['schemas']['RetriedView'];
type Chosen = components['schemas']['ChosenIncidents'];

/** Some, by their ids, or all that have something in common. */
export type What = { ids: readonly string[] } | { chosen: Chosen };

/** How far it has come. */
export interface Run {
  total: number;
  done: number;
  solved: number;
  /** Those of the solved whose work is done anew in the background, and may fail there again. */
  ordered: number;
  /** What failed again or was refused. */
  bad: readonly Retried[];
  /** Where to go on: how many ids are done, or the server's cursor. None when all have been tried. */
  at: number | string | undefined;
  /** Somebody has stopped it, or nothing is left. */
  isOver: boolean;
  error?: unknown;
}

const PART = 20;

export function begun(total: number): Run {
  return { total, done: 0, solved: 0, ordered: 0, bad: [], at: 0, isOver: false };
}

interface Part {
  items: readonly Retried[];
  at: number | string | undefined;
  /** How many are left, where that is known better than before. */
  left?: number;
}

/** The run after one more part. */
export function after({ total, done, solved, ordered, bad }: Run, { items, at, left }: Part): Run {
  const failed = items.filter((one) => one.outcome !== 'resolved');
  const now = done + items.length;
  return {
    total: left === undefined ? total : now + left,
    done: now,
    solved: solved + items.length - failed.length,
    ordered: ordered + items.filter((one) => one.outcome === 'resolved' && one.incident?.kind === 'job-failed').length,
    bad: [...bad, ...failed],
    at,
    isOver: at === undefined,
  };
}

async function part(what: What, reason: string, at: number | string): Promise<Part> {
  if ('ids' in what) {
    const from = Number(at);
    const ids = what.ids.slice(from, from + PART);
    const { items } = await ask(api.POST('/api/v1/incidents/retry', { body: { ids, reason, limit: PART } }));
    const next = from + ids.length;
    return { items, at: next < what.ids.length ? next : undefined };
  }
  const body = { chosen: what.chosen, reason, limit: PART, ...(typeof at === 'string' && { cursor: at }) };
  const { items, next, left } = await ask(api.POST('/api/v1/incidents/retry', { body }));
  return { items, at: next ?? undefined, left };
}

/** A run that is begun with a reason, and gone on with where it broke off. */
export function useRetryMany(what: What, total: number) {
  const queries = useQueryClient();
  const [run, setRun] = useState<Run>();
  const isStopped = useRef(false);
  async function go(reason: string): Promise<Run> {
    let now: Run = run ? { ...run, error: undefined } : begun(total);
    isStopped.current = false;
    setRun(now);
    while (now.at !== undefined && !isStopped.current) {
      try {
        now = after(now, await part(what, reason, now.at));
      } catch (error) {
        now = { ...now, error };
        setRun(now);
        return now;
      }
      setRun(now);
    }
    await asksAnew(queries);
    return { ...now, isOver: true };
  }
  function stop(): void {
    isStopped.current = true;
  }
  return { run, go, stop };
}
