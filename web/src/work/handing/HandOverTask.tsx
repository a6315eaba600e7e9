import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { useSession } from '@/shared/session';
import type { Task } from '../tasks';
import { HandOver } from './HandOver';
import { receiversOf } from './receivers';

interface Props {
  task: Task;
  onDone: () => void;
  onCancel: () => void;
}

/** Giving one task to somebody else. */
export function HandOverTask({ task, onDone, onCancel }: Props) {
  const { t } = useTranslation('work');
  const session = useSession();
  return (
    <HandOver
      what={`hand-over ${task.id}`}
      unit={task.unit}
      choose={(colleagues) => receiversOf(task, colleagues, session)}
      words={{ give: t('handOver.give'), toWhom: t('handOver.toWhom'), nobody: t('handOver.nobody') }}
      give={async (to, note, key) => {
        const params = { path: { task_id: task.id }, header: { 'Idempotency-Key': key } };
        const given = await ask(api.POST('/api/v1/tasks/{task_id}/assign', { params, body: { to, note } }));
        return given.claimedBy?.name ?? '';
      }}
      onDone={onDone}
      onCancel={onCancel}
    />
  );
}
