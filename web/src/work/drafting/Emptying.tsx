import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './DraftedForm.module.css';

/** Throwing a draft away takes two steps. */
export function Emptying({ onEmpty }: { onEmpty: () => Promise<void> }) {
  const { t } = useTranslation('drafting');
  const [isAsked, setAsked] = useState(false);
  if (isAsked)
    return (
      <Sure
        onEmpty={onEmpty}
        onKeep={() => {
          setAsked(false);
        }}
      />
    );
  return (
    <p>
      <Button
        look="plain"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t('dropDraft')}
      </Button>
    </p>
  );
}

function Sure({ onEmpty, onKeep }: { onEmpty: () => Promise<void>; onKeep: () => void }) {
  const { t } = useTranslation('drafting');
  const [failure, setFailure] = useState<unknown>();
  const question = useRef<HTMLDivElement>(null);
  // The question has taken the place of the button that had the focus.
  useEffect(() => {
    question.current?.focus();
  }, []);
  async function empty(): Promise<void> {
    try {
      await onEmpty();
    } catch (problem) {
      setFailure(problem);
    }
  }
  return (
    <div ref={question} role="group" tabIndex={-1} aria-label={t('dropSure')} className={styles.sure}>
      {failure !== undefined && <ProblemNotice error={failure} />}
      <p>{t('dropSure')}</p>
      <Button look="danger" onClick={() => void empty()}>
        {t('dropYes')}
      </Button>
      <Button onClick={onKeep}>{t('dropNo')}</Button>
    </div>
  );
}
