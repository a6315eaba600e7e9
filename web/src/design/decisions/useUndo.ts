import { useState } from 'react';

interface Past {
  before: string[];
  after: string[];
}

const MOST = 100;

/** The way back and forth through the versions of a text, whichever view changed it. */
export function useUndo(text: string, onChange: (text: string) => void) {
  const [past, setPast] = useState<Past>({ before: [], after: [] });
  return {
    canUndo: past.before.length > 0,
    canRedo: past.after.length > 0,
    change(next: string): void {
      if (next === text) return;
      setPast({ before: [...past.before, text].slice(-MOST), after: [] });
      onChange(next);
    },
    undo(): void {
      const last = past.before.at(-1);
      if (last === undefined) return;
      setPast({ before: past.before.slice(0, -1), after: [text, ...past.after] });
      onChange(last);
    },
    redo(): void {
      const [next, ...rest] = past.after;
      if (next === undefined) return;
      setPast({ before: [...past.before, text], after: rest });
      onChange(next);
    },
  };
}
