import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** The other parts of a draft read it from the server: what was written here is there before one goes to them. */
export function useSavedBeforeLeaving(save: () => Promise<unknown>): void {
  const last = useRef(save);
  useEffect(() => {
    last.current = save;
  });
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname !== next.pathname) await last.current();
      return false;
    },
    enableBeforeUnload: false,
  });
}
