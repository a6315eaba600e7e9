import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { DueBadge } from './DueBadge';
import type { Mark } from './list/listNews';
import type { Who } from '@/shared/useSubjects';
import { taskNameIn, useGroupNames, useTitle } from './names';
import styles from './TaskRowItem.module.css';
import type { TaskFilter } from './taskFilter';
import type { Task, TaskRow } from './tasks';

interface Props {
  row: TaskRow;
  who: Who | undefined;
  /** The filter of the list: a task that is opened leads back to it, and on to the next one in it. */
  filter: TaskFilter;
  /** How the task stands now, where that has become otherwise since the list was read. */
  now?: Task | undefined;
  mark?: Mark | undefined;
  isNew?: boolean;
  /** Whether it opens on the page of its case, where one is. */
  inPlace?: boolean;
  /** What can be done with it without opening it. */
  children?: ReactNode;
}

/** One task in a list: what to do, in which case, by when, and who has it. */
export function TaskRowItem({ row, who, filter, now, mark, isNew = false, inPlace = false, children }: Props) {
  const { t } = useTranslation('work');
  const titleOf = useTitle();
  const { caseNumber, caseTitle } = row;
  const task = now ?? row.task;
  const isOver = mark === 'ended' || mark === 'gone';
  return (
    <li className={[styles.row, isOver ? styles.over : ''].join(' ')} data-task={task.id}>
      <h3 className={styles.heading}>
        {inPlace ? (
          <Link
            to="/work/cases/$caseId"
            params={{ caseId: task.caseId }}
            search={(before) => ({ ...before, task: task.id })}
            hash="task"
            className={styles.name}
            data-content
          >
            {taskNameIn(task)}
          </Link>
        ) : (
          <Link
            to="/work/tasks/$taskId"
            params={{ taskId: task.id }}
            search={filter}
            className={styles.name}
            data-content
          >
            {taskNameIn(task)}
          </Link>
        )}
      </h3>
      <span className={styles.case} data-content>
        {who && <span className={styles.who}>{who.name}</span>}
        {who?.isProtected && <strong className={styles.mark}>{t('tasks.protected')}</strong>}
        <span>
          {caseNumber} · {titleOf(caseTitle)}
        </span>
      </span>
      <span className={styles.facts}>
        {isNew && <strong className={styles.mark}>{t('tasks.isNew')}</strong>}
        {mark && <strong className={styles.mark}>{t(`tasks.marks.${mark}`)}</strong>}
        {task.due && <DueBadge due={task.due} />}
        {!isOver && <Holder task={task} />}
      </span>
      {children}
    </li>
  );
}

/** Who has the task; where nobody has, whose it is to take. */
function Holder({ task }: { task: Task }) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  const groupNames = useGroupNames();
  const holder = task.claimedBy;
  if (holder) return <span>{holder.id === me ? t('tasks.heldByMe') : t('tasks.heldBy', { name: holder.name })}</span>;
  const groups = groupNames(task.candidateGroups);
  return <span>{groups ? t('tasks.freeFor', { groups }) : t('tasks.freeForAll')}</span>;
}
