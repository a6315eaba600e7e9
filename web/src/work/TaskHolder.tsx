import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import type { Task } from './tasks';
import styles from './TaskHolder.module.css';

/** Who has the task, and taking it or giving it back. */
export function TaskHolder({ task, onChange }: { task: Task; onChange: () => void }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  const params = { params: { path: { task_id: task.id } } };
  const claim = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/tasks/{task_id}/claim', params)),
    onSettled: onChange,
  });
  const release = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/tasks/{task_id}/release', params)),
    onSettled: onChange,
  });
  const error = claim.error ?? release.error;
  const isMine = task.claimedBy?.id === me;
  return (
    <div className={styles.holder}>
      {error && <ProblemNotice error={error} />}
      {task.claimedBy && <p>{isMine ? t('task.heldByMe') : t('task.held', { name: task.claimedBy.name })}</p>}
      {task.state === 'ready' && (
        <Button
          busy={claim.isPending}
          onClick={() => {
            claim.mutate();
          }}
        >
          {t('task.claim')}
        </Button>
      )}
      {isMine && task.state === 'claimed' && (
        <Button
          look="plain"
          busy={release.isPending}
          onClick={() => {
            release.mutate();
          }}
        >
          {t('task.release')}
        </Button>
      )}
    </div>
  );
}
