import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DeployPanel } from './DeployPanel';
import styles from './DraftPage.module.css';
import { DIAGRAM, findingsQuery, type WholeDraft } from './drafts';
import { Outline } from './Outline';
import { ProblemsPanel } from './ProblemsPanel';
import { PropertiesPanel } from './PropertiesPanel';
import { SaveStatus } from './SaveStatus';
import { Saver } from './saver';
import { Studio } from './studio/Studio';
import { Toolbar } from './Toolbar';
import { useWords } from './useWords';

interface Open {
  studio: Studio;
  saver: Saver;
}

export function DraftRoom({ whole }: { whole: WholeDraft }) {
  const { t, i18n } = useTranslation('design');
  const user = useSession().userId;
  const words = useWords();
  const current = useRef(words);
  const canvas = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<Open>();
  const [spoken, setSpoken] = useState('');
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    current.current = words;
  });
  useEffect(() => {
    if (!canvas.current) return undefined;
    const studio = new Studio(
      canvas.current,
      {
        spoken: (element) => current.current.spoken(element),
        canvas: () => t('canvas.label'),
        search: () => t('canvas.search'),
      },
      {
        append: () => {
          setAsked((times) => times + 1);
        },
        properties: () => document.querySelector<HTMLElement>('#properties-panel [data-field]')?.focus(),
        speak: setSpoken,
      },
    );
    const left = Saver.left(user, whole.draft);
    const xml = whole.files[DIAGRAM] ?? '';
    const saver = new Saver(user, whole.draft, () => studio.xml(), xml);
    const unsubscribe = studio.subscribe(() => {
      if (studio.edits > 0) saver.touch();
    });
    void studio.open(left?.isCurrent ? left.xml : xml).then(() => {
      setOpen({ studio, saver });
      if (left?.isCurrent) saver.touch();
    });
    return () => {
      unsubscribe();
      void saver.flush();
      saver.stop();
      studio.destroy();
    };
    // The draft is opened once; what is saved later comes from here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    open?.studio.name();
  }, [open, i18n.language]);
  return (
    <div className={styles.page}>
      <PageTitle>{t('draft.title', { key: whole.draft.key })}</PageTitle>
      {open && <SaveStatus saver={open.saver} draft={whole.draft} />}
      {open && <Toolbar studio={open.studio} asked={asked} />}
      <div className={styles.room}>
        <div ref={canvas} className={styles.canvas} data-foreign />
        {open && <Beside open={open} whole={whole} />}
      </div>
      <p role="status" className="visually-hidden" data-content>
        {spoken}
      </p>
    </div>
  );
}

/** What stands beside and below the diagram: redrawn with every change of it. */
function Beside({ open: { studio, saver }, whole }: { open: Open; whole: WholeDraft }) {
  useSyncExternalStore(studio.subscribe, studio.changes);
  const kept = useSyncExternalStore(saver.subscribe, saver.kept);
  const { data: findings } = useQuery(findingsQuery(whole.draft.id, kept.revision));
  return (
    <>
      <PropertiesPanel studio={studio} findings={findings ?? []} files={whole.files} />
      <ProblemsPanel studio={studio} findings={findings} />
      <Outline studio={studio} />
      <DeployPanel draft={whole.draft} saver={saver} findings={findings ?? []} />
    </>
  );
}
