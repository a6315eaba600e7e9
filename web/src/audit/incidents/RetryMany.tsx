import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { ReasonForm } from './ReasonForm';
import { useRetryMany, type Run, type What } from './retryMany';
import styles from './IncidentItem.module.css';

interface Props {
  what: What;
  count: number;
  /** What those are called that are tried again. */
  name: string;
  /** Called when it is over; with nothing where nothing was tried. */
  onOver: (run?: Run) => void;
}

/** Asks why many are tried again, and shows how far that has come. */
export function RetryMany({ what, count, name, onOver }: Props) {
  const { t } = useTranslation('audit');
  const { run, go, stop } = useRetryMany(what, count);
  const [reason, setReason] = useState('');
  const isBroken = run?.error !== undefined;
  function send(why: string): void {
    setReason(why);
    void go(why).then((after) => {
      if (after.isOver) onOver(after);
    });
  }
  return (
    <Dialog
      title={t('incidents.retryOf', { name })}
      onClose={() => {
        // What is under way comes to its end first, and tells how it went.
        if (run && !isBroken) stop();
        else onOver(run);
      }}
    >
      {run && !isBroken && <Progress run={run} onStop={stop} />}
      {run && isBroken && (
        <>
          <ProblemNotice error={run.error} />
          <p>{t('incidents.brokeOff', { number: run.done, total: run.total })}</p>
          <div className={styles.buttons}>
            <Button
              onClick={() => {
                onOver(run);
              }}
            >
              {t('incidents.leave')}
            </Button>
            <Button
              look="primary"
              onClick={() => {
                send(reason);
              }}
            >
              {t('incidents.goOn')}
            </Button>
          </div>
        </>
      )}
      {!run && (
        <>
          <p>{t('incidents.retryManyWhat', { count })}</p>
          <ReasonForm
            submit={t('incidents.retryAll', { count })}
            look="primary"
            busy={false}
            error={null}
            onSend={send}
          />
          <div>
            <Button
              onClick={() => {
                onOver();
              }}
            >
              {t('incidents.cancel')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** How far it has come, seen as it grows and spoken once. */
function Progress({ run: { done, total }, onStop }: { run: Run; onStop: () => void }) {
  const { t } = useTranslation('audit');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
  }, []);
  return (
    <>
      <p>{t('incidents.progress', { number: done, total })}</p>
      <progress className={styles.progress} max={Math.max(total, 1)} value={done} aria-label={t('incidents.retry')} />
      <div ref={box}>
        <Button onClick={onStop}>{t('incidents.stop')}</Button>
      </div>
    </>
  );
}
