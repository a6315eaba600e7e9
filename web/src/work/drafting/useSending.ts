import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '@/shared/session';
import { sendOnce, underWay } from './sendOnce';

/** One thing that is sent at a time, until it is answered. What an earlier page sent, and nobody answered, is `left`. */
export function useSending(what: string) {
  const { userId } = useSession();
  const [busy, setBusy] = useState(false);
  const [isSilent, setSilent] = useState(false);
  const [left] = useState(() => underWay(userId, what)?.body);
  const page = useRef(new AbortController());
  const isUnderWay = useRef(false);
  useEffect(() => {
    page.current = new AbortController();
    return () => {
      page.current.abort(new DOMException('The page has gone.', 'AbortError'));
    };
  }, []);
  const send = useCallback(
    async <T>(body: unknown, request: (key: string) => Promise<T>): Promise<T | undefined> => {
      if (isUnderWay.current) return undefined;
      isUnderWay.current = true;
      setBusy(true);
      try {
        const { signal } = page.current;
        return await sendOnce({
          user: userId,
          what,
          body,
          request,
          signal,
          onSilence: () => {
            setSilent(true);
          },
        });
      } finally {
        isUnderWay.current = false;
        setBusy(false);
        setSilent(false);
      }
    },
    [userId, what],
  );
  return { send, busy, isSilent, left };
}

export function isLeaving(problem: unknown): boolean {
  return problem instanceof DOMException && problem.name === 'AbortError';
}
