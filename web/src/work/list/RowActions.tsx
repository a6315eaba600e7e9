import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { HandOverTask } from '../handing/HandOverTask';
import { mayHandOver } from '../handing/receivers';
import { useTaking } from '../handing/useTaking';
import { taskNameIn } from '../names';
import { HowItGoes } from '../sending/HowItGoes';
import styles from '../TaskRowItem.module.css';
import type { Task } from '../tasks';
import { useSession } from '@/shared/session';

/** Taking a task, giving it back or handing it over, without opening it. */
export function RowActions({ task, onDone }: { task: Task; onDone: (id: string) => void }) {
  const { t } = useTranslation('work');
  const session = useSession();
  const { claim, release, doing } = useTaking(task, () => {
    onDone(task.id);
  });
  const [isHanding, setHanding] = useState(false);
  const about = { name: taskNameIn(task) };
  const isMine = task.claimedBy?.id === session.userId;
  return (
    <>
      <div className={styles.actions}>
        {task.state === 'ready' && (
          <Button
            busy={doing.busy}
            aria-label={t('task.claimNamed', about)}
            onClick={() => {
              void claim();
            }}
          >
            {t('task.claimShort')}
          </Button>
        )}
        {isMine && (
          <Button
            look="plain"
            busy={doing.busy}
            aria-label={t('task.releaseNamed', about)}
            onClick={() => {
              void release();
            }}
          >
            {t('task.release')}
          </Button>
        )}
        {mayHandOver(task, session) && (
          <Button
            look="plain"
            aria-expanded={isHanding}
            aria-label={t(isMine ? 'task.handOverNamed' : 'task.assignNamed', about)}
            onClick={() => {
              setHanding(!isHanding);
            }}
          >
            {t(isMine ? 'task.handOver' : 'task.assign')}
          </Button>
        )}
      </div>
      {(doing.isSilent || doing.failure !== undefined || isHanding) && (
        <div className={styles.below}>
          <HowItGoes doing={doing} />
          {isHanding && (
            <HandOverTask
              task={task}
              onDone={() => {
                setHanding(false);
                onDone(task.id);
              }}
              onCancel={() => {
                setHanding(false);
              }}
            />
          )}
        </div>
      )}
    </>
  );
}
