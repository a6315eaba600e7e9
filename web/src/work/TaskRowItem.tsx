import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { DueBadge } from './DueBadge';
import { nameIn, useTitle } from './names';
import styles from './TaskRowItem.module.css';
import type { TaskRow } from './tasks';

/** One task in a list: what to do, in which case, by when, and who has it. */
export function TaskRowItem({ row: { task, caseNumber, caseTitle } }: { row: TaskRow }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  const titleOf = useTitle();
  const holder = task.claimedBy;
  return (
    <li className={styles.row}>
      <Link to="/work/tasks/$taskId" params={{ taskId: task.id }} className={styles.name} data-content>
        {nameIn(task)}
      </Link>
      <span className={styles.case} data-content>
        {caseNumber} · {titleOf(caseTitle)}
      </span>
      <span className={styles.facts}>
        {task.due && <DueBadge due={task.due} />}
        {holder && <span>{holder.id === me ? t('tasks.heldByMe') : t('tasks.heldBy', { name: holder.name })}</span>}
      </span>
    </li>
  );
}
