import { useCallback, useState } from 'react';
import { isLeaving, useSending } from '../drafting/useSending';

interface Done<T> {
  /** What is asked for: the same again has the same key until it is answered. */
  body: unknown;
  request: (key: string) => Promise<T>;
  onAnswer?: (answer: T) => unknown;
  /** Called with what the server says against it. Whether the page tells it itself. */
  onRefusal?: (problem: unknown) => boolean;
}

/** Something that a button does: once, and again until an answer comes. `what` tells it from other things to do. */
export function useDoing(what: string) {
  const { send, busy, isSilent } = useSending(what);
  const [failure, setFailure] = useState<unknown>();
  const run = useCallback(
    async <T>({ body, request, onAnswer, onRefusal }: Done<T>): Promise<void> => {
      setFailure(undefined);
      try {
        const answer = await send(body, async (key) => ({ of: await request(key) }));
        if (answer) await onAnswer?.(answer.of);
      } catch (problem) {
        if (!isLeaving(problem) && !onRefusal?.(problem)) setFailure(problem);
      }
    },
    [send],
  );
  return { run, busy, isSilent, failure };
}

export type Doing = Pick<ReturnType<typeof useDoing>, 'isSilent' | 'failure'>;
