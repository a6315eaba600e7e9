import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { HandOverTask } from './handing/HandOverTask';
import { mayHandOver } from './handing/receivers';
import { useTaking } from './handing/useTaking';
import { useTaskNow } from './handing/useTaskNow';
import { useGroupNames } from './names';
import { HowItGoes } from './sending/HowItGoes';
import styles from './TaskHolder.module.css';
import { isOpen, type Task } from './tasks';

/** Who has the task now, and taking it, giving it back or handing it over. */
export function TaskHolder({ task: opened, onChange }: { task: Task; onChange: () => void }) {
  const { t } = useTranslation('work');
  const session = useSession();
  const { task, isGone } = useTaskNow(opened);
  const { claim, release, doing } = useTaking(task, onChange);
  const [isHanding, setHanding] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const isMine = task.claimedBy?.id === session.userId && !isGone;
  const isHere = isOpen(task) && !isGone;
  return (
    <div ref={box} className={styles.holder} tabIndex={-1} role="group" aria-label={t('task.holder')}>
      <HowItGoes doing={doing} />
      <div role="status">
        <Meanwhile opened={opened} now={task} isGone={isGone} />
        {isHere && <Holder task={task} isMine={isMine} />}
      </div>
      <div className={styles.actions}>
        {task.state === 'ready' && (
          <Button
            busy={doing.busy}
            onClick={() => {
              void claim();
            }}
          >
            {t('task.claim')}
          </Button>
        )}
        {isHere && mayHandOver(task, session) && (
          <Button
            aria-expanded={isHanding}
            onClick={() => {
              setHanding(!isHanding);
            }}
          >
            {t(isMine ? 'task.handOver' : 'task.assign')}
          </Button>
        )}
        {isMine && task.state === 'claimed' && (
          <Button
            look="plain"
            busy={doing.busy}
            onClick={() => {
              void release();
            }}
          >
            {t('task.release')}
          </Button>
        )}
      </div>
      {isHanding && (
        <HandOverTask
          task={task}
          onDone={() => {
            setHanding(false);
            box.current?.focus();
            onChange();
          }}
          onCancel={() => {
            setHanding(false);
          }}
        />
      )}
    </div>
  );
}

function Holder({ task, isMine }: { task: Task; isMine: boolean }) {
  const { t } = useTranslation('work');
  const groupNames = useGroupNames();
  if (isMine) return <p>{t('task.heldByMe')}</p>;
  if (task.claimedBy) return <p>{t('task.held', { name: task.claimedBy.name })}</p>;
  const groups = groupNames(task.candidateGroups);
  return <p>{groups ? t('tasks.freeFor', { groups }) : t('tasks.freeForAll')}</p>;
}

/** What somebody else has done with the task while it was open here. */
function Meanwhile({ opened, now, isGone }: { opened: Task; now: Task; isGone: boolean }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  if (!isOpen(opened)) return null;
  if (now.state === 'completed' && now.endedBy && now.endedAt && now.endedBy.id !== me)
    return (
      <Notice tone="warning">
        <p>{t('task.endedMeanwhile', { name: now.endedBy.name, when: momentOf(now.endedAt) })}</p>
      </Notice>
    );
  if (isGone)
    return (
      <Notice tone="warning">
        <p>{t('task.goneMeanwhile')}</p>
      </Notice>
    );
  if (now.state === 'cancelled')
    return (
      <Notice tone="warning">
        <p>{t('task.cancelledMeanwhile')}</p>
      </Notice>
    );
  if (now.claimedBy && now.claimedBy.id !== me && now.claimedBy.id !== opened.claimedBy?.id)
    return (
      <Notice tone="warning">
        <p>{t('task.takenMeanwhile', { name: now.claimedBy.name })}</p>
      </Notice>
    );
  return null;
}
