import { useEffect, useRef, useState } from 'react';

const WAIT_MS = 200;

/**
 * The event that is looked at. Whoever holds a key down passes many of them: each is shown at once, but the address, which
 * browsers let nobody change that often, is told where they stop for a moment.
 */
export function useMoment(told: number, tell: (at: number) => void): [at: number, move: (to: number) => void] {
  const [moved, setMoved] = useState<{ to: number; from: number }>();
  const [written, setWritten] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  // The address leads as soon as it says what was not told to it from here: a link, or a step back in the browser.
  const isOwn = moved !== undefined && (moved.from === told || written === told);
  return [
    isOwn ? moved.to : told,
    (to) => {
      setMoved({ to, from: told });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        setWritten(to);
        tell(to);
      }, WAIT_MS);
    },
  ];
}
