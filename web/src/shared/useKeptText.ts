import { useState } from 'react';
import { dropLocal, keepLocal, readLocal } from './drafts';
import { useSession } from './session';

/** A text that is kept on this device from letter to letter until it has been sent: it survives a reload and a crash. */
export function useKeptText(what: string) {
  const { userId } = useSession();
  const [text, setText] = useState(() => {
    const left = readLocal(userId, what)?.values;
    return typeof left === 'string' ? left : '';
  });
  const [hasRoom, setRoom] = useState(true);
  return {
    text,
    /** Whether it lies on the device: some browsers keep nothing. */
    isKept: text !== '' && hasRoom,
    write: (next: string) => {
      setText(next);
      if (next === '') dropLocal(userId, what);
      else setRoom(keepLocal(userId, what, { values: next, baseSequence: 0, savedAt: new Date().toISOString() }));
    },
    /** After it has been sent. */
    forget: () => {
      setText('');
      dropLocal(userId, what);
    },
  };
}
