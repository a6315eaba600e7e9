import { type RefObject, useEffect, useRef, useState } from 'react';

import { whileTyping } from '../drawing/typing';

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
  useEffect(() => {
    const leave = (): void => {
      handOn(timer, pending, commit);
    };
    const stop = whileTyping(leave);
    return () => {
      stop();
      leave();
    };
  }, []);
  return {
    shown: text ?? value,
    type: (typed: string): void => {
      setText(typed);
      pending.current = typed;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        handOn(timer, pending, commit);
      }, PAUSE_MS);
    },
    leave: (): void => {
      handOn(timer, pending, commit);
      setText(undefined);
    },
  };
}

function handOn(
  timer: RefObject<ReturnType<typeof setTimeout> | undefined>,
  pending: RefObject<string | undefined>,
  commit: RefObject<(value: string) => void>,
): void {
  clearTimeout(timer.current);
  const text = pending.current;
  pending.current = undefined;
  if (text !== undefined) commit.current(text);
}
