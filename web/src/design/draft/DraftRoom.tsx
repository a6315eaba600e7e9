import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import { PageTitle } from '@/shared/ui/PageTitle';
import { Canvas } from '../drawing/Canvas';
import { DIAGRAM, draftQuery, findingsQuery, type WholeDraft } from '../drafts';
import { writeTyped } from '../drawing/typing';
import { Outline } from '../outline/Outline';
import { ProblemsPanel } from '../problems/ProblemsPanel';
import { useMarks } from '../problems/useMarks';
import { PropertiesPanel } from '../properties/PropertiesPanel';
import { DeployPanel } from './DeployPanel';
import { DraftNav } from './DraftNav';
import styles from './DraftPage.module.css';
import { nameOf } from './nameOf';
import { OlderCopy } from './OlderCopy';
import { SaveStatus } from './SaveStatus';
import { ThrowAway } from './ThrowAway';
import { type Open, useOpenDraft } from './useOpenDraft';
import { useSavedBeforeLeaving } from './useSavedBeforeLeaving';

interface Props {
  whole: WholeDraft;
  /** To go on with another state of the draft than the one that is open. */
  onReopen: (whole: WholeDraft) => void;
}

/** Where one draws: the diagram, and around it everything that is said about it. */
export function DraftRoom({ whole, onReopen }: Props) {
  const { t } = useTranslation('draft');
  const canvas = useRef<HTMLDivElement>(null);
  const { open, spoken, asked, older, isUnreadable } = useOpenDraft(canvas, whole);
  return (
    <div className={styles.page} data-wide>
      <PageTitle>{t('draft.title', { name: nameOf(whole) })}</PageTitle>
      <DraftNav draftId={whole.draft.id} />
      {older && <OlderCopy left={older} whole={whole} what={DIAGRAM} saver={open?.saver} onReopen={onReopen} />}
      {open && <SaveStatus saver={open.saver} draft={whole.draft} what={DIAGRAM} onReopen={onReopen} />}
      {isUnreadable && <Unreadable whole={whole} />}
      <div className={styles.room} hidden={isUnreadable}>
        <Canvas place={canvas} studio={open?.studio} asked={asked} />
        {open && <Beside open={open} whole={whole} />}
      </div>
      <p role="status" className="visually-hidden" data-content>
        {spoken}
      </p>
    </div>
  );
}

/** A diagram that cannot be drawn: why, as far as the check tells, and the ways on. */
function Unreadable({ whole: { draft } }: { whole: WholeDraft }) {
  const { t } = useTranslation('draft');
  const { data: findings = [] } = useQuery(findingsQuery(draft.id, draft.revision));
  const language = currentLanguage();
  return (
    <Notice tone="error" title={t('unreadable.title')}>
      <p>{t('unreadable.about')}</p>
      <ul>
        {findings
          .filter((one) => one.file === DIAGRAM)
          .map((one, index) => (
            <li key={`${one.rule} ${String(index)}`} data-content>
              {one.message[language]} {one.remedy[language]}
            </li>
          ))}
      </ul>
    </Notice>
  );
}

/** What stands beside and below the diagram: redrawn with every change of it. */
function Beside({ open: { studio, saver }, whole }: { open: Open; whole: WholeDraft }) {
  useSyncExternalStore(studio.subscribe, studio.changes);
  const kept = useSyncExternalStore(saver.subscribe, saver.kept);
  const { id } = whole.draft;
  const { data: findings, isPlaceholderData } = useQuery(findingsQuery(id, kept.revision));
  const found = findings ?? [];
  useMarks(studio, found);
  const queries = useQueryClient();
  useSavedBeforeLeaving(async () => {
    writeTyped();
    await saver.flush();
    if (saver.kept().revision !== whole.draft.revision)
      await queries.fetchQuery({ ...draftQuery(id), staleTime: 0 }).catch(() => undefined);
  });
  const isOld = isPlaceholderData || kept.state !== 'saved';
  return (
    <>
      <div className={styles.beside}>
        <PropertiesPanel
          studio={studio}
          draftId={id}
          revision={kept.revision}
          findings={found}
          isOld={isOld}
          files={whole.files}
        />
      </div>
      <div className={styles.below}>
        <ProblemsPanel studio={studio} findings={findings} isOld={isOld} />
      </div>
      <div className={styles.below}>
        <DeployPanel draft={whole.draft} saver={saver} findings={found} />
      </div>
      <div className={styles.below}>
        <Outline studio={studio} />
      </div>
      <div className={styles.below}>
        <ThrowAway draft={whole.draft} name={nameOf(whole)} saver={saver} />
      </div>
    </>
  );
}
