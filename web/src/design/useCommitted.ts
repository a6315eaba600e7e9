import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 600;

/** A text that is handed on at each pause, and when one leaves the field or the field goes away. */
export function useCommitted(value: string, onCommit: (value: string) => void) {
  const [text, setText] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string>(undefined);
  const commit = useRef(onCommit);
  useEffect(() => {
    commit.current = onCommit;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (pending.current !== undefined) commit.current(pending.current);
    },
    [],
  );
  function handOn(): void {
    clearTimeout(timer.current);
    if (pending.current !== undefined) commit.current(pending.current);
    pending.current = undefined;
  }
  return {
    shown: text ?? value,
    type: (typed: string): void => {
      setText(typed);
      pending.current = typed;
      clearTimeout(timer.current);
      timer.current = setTimeout(handOn, PAUSE_MS);
    },
    leave: (): void => {
      handOn();
      setText(undefined);
    },
  };
}
