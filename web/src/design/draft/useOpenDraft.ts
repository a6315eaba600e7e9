import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Studio } from '../drawing/Studio';
import { writeTyped } from '../drawing/typing';
import { useWords } from '../drawing/useWords';
import { DIAGRAM, type WholeDraft } from '../drafts';
import { type Left, Saver } from './saver';

export interface Open {
  studio: Studio;
  saver: Saver;
}

/** Opens the draft's diagram in a place on the page, and keeps what is drawn there from then on. */
export function useOpenDraft(place: RefObject<HTMLDivElement | null>, whole: WholeDraft) {
  const { i18n } = useTranslation('draft');
  const user = useSession().userId;
  const words = useWords();
  const current = useRef(words);
  const [open, setOpen] = useState<Open>();
  const [spoken, setSpoken] = useState('');
  const [asked, setAsked] = useState(0);
  const [older, setOlder] = useState<Left>();
  const [isUnreadable, setUnreadable] = useState(false);
  useEffect(() => {
    current.current = words;
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const studio = new Studio(
      place.current,
      {
        spoken: (element) => current.current.spoken(element),
        canvas: () => current.current.canvas(),
        search: () => current.current.search(),
        pad: (entry) => current.current.pad(entry),
      },
      {
        append: () => {
          setAsked((times) => times + 1);
        },
        connect: () => document.getElementById('flow-to')?.focus(),
        properties: () => document.getElementById('property_name')?.focus(),
        speak: setSpoken,
      },
    );
    const left = Saver.left(user, whole, DIAGRAM);
    const xml = whole.files[DIAGRAM] ?? '';
    const saver = new Saver(user, whole.draft, DIAGRAM, async () => ({ [DIAGRAM]: await studio.xml() }), {
      [DIAGRAM]: xml,
    });
    const leave = (): void => {
      writeTyped();
      void saver.flush();
    };
    const hide = (): void => {
      if (document.visibilityState === 'hidden') leave();
    };
    globalThis.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    const unsubscribe = studio.subscribe(() => {
      if (studio.edits > 0) saver.touch();
    });
    void studio.open(left?.isCurrent ? (left.files[DIAGRAM] ?? xml) : xml).then(
      () => {
        setOpen({ studio, saver });
        if (left?.isCurrent) saver.touch();
        else if (left) setOlder(left);
      },
      () => {
        setUnreadable(true);
      },
    );
    return () => {
      unsubscribe();
      globalThis.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
      void saver.flush().finally(() => {
        saver.stop();
        studio.destroy();
      });
    };
    // The draft is opened once; what is saved later comes from here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    open?.studio.name();
  }, [open, i18n.language]);
  return { open, spoken, asked, older, isUnreadable };
}
