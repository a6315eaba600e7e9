import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSession } from '@/shared/session';
import { draftQuery, type WholeDraft } from '../drafts';
import { type Files, Saver } from './saver';
import { useSavedBeforeLeaving } from './useSavedBeforeLeaving';

/** The draft as it is now: what another page of it read before does not count. */
export function useFreshDraft(id: string) {
  const query = useQuery({ ...draftQuery(id), refetchOnMount: 'always' });
  return { whole: query.isFetchedAfterMount ? query.data : undefined, error: query.error, refetch: query.refetch };
}

export type Texts = Readonly<Record<string, string>>;

/**
 * Files of a draft while they are written: kept on this device at once and on the server at each pause, and taken up again
 * where the server did not get them. `older` is what this device has that others have saved past since.
 */
export function useDraftFiles(whole: WholeDraft, what: string, isOurs: (name: string) => boolean) {
  const user = useSession().userId;
  const [before] = useState(() => Object.fromEntries(Object.entries(whole.files).filter(([name]) => isOurs(name))));
  const [left] = useState(() => Saver.left(user, whole, what));
  const [first] = useState<Texts>(() => (left?.isCurrent ? withChanges(before, left.files) : before));
  const [files, setFiles] = useState(first);
  // What was there once is removed when it is there no more, also what was made since the page was opened.
  const [now] = useState(() => ({ files: first, names: Object.keys({ ...before, ...first }) }));
  const [saver] = useState(
    () => new Saver(user, whole.draft, what, () => Promise.resolve(withRemoved(now.files, now.names)), before),
  );
  useEffect(() => {
    if (left?.isCurrent) saver.touch();
    return () => {
      void saver.flush();
      saver.stop();
    };
  }, [saver, left]);
  useSavedBeforeLeaving(() => saver.flush());
  function write(changes: Files): void {
    Object.assign(now, {
      files: withChanges(now.files, changes),
      names: [...new Set([...now.names, ...Object.keys(changes)])],
    });
    setFiles(now.files);
    saver.keep(withRemoved(now.files, now.names));
    saver.touch();
  }
  return { files, write, saver, older: left && !left.isCurrent ? left : undefined };
}

function withChanges(files: Texts, changes: Files): Texts {
  const all: Files = { ...files, ...changes };
  return Object.fromEntries(Object.entries(all).flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
}

/** The files, with those that were removed. */
function withRemoved(files: Texts, names: readonly string[]): Files {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...files };
}
