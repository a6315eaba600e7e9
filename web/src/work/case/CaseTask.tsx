import './texts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import type { CaseDetail } from '../cases';
import { DueBadge } from '../DueBadge';
import { FirstFew } from '../FirstFew';
import { HandedOver } from '../handing/HandedOver';
import { taskNameIn } from '../names';
import { TaskHolder } from '../TaskHolder';
import { TaskWork } from '../TaskWork';
import { isOpen, taskQuery } from '../tasks';
import styles from './CaseTask.module.css';

interface Props {
  about: CaseDetail;
  /** The tasks of the case that the reader may do. */
  tasks: CaseDetail['tasks'];
  /** The one whose form is open. */
  open: string | undefined;
}

/** What is to be done now, with the form of one task in place: the same form as on the task's own page. */
export function CaseTask({ about, tasks, open }: Props) {
  const { t } = useTranslation('case');
  const others = tasks.filter(({ id }) => id !== open);
  return (
    <section id="task" className={styles.task} aria-labelledby="task-title">
      <h2 id="task-title">{t('task.title')}</h2>
      {open && <OpenTask key={open} id={open} />}
      {others.length > 0 && (
        <FirstFew of={others} className={styles.others} label={t('task.choose')}>
          {(task) => (
            <li key={task.id}>
              <Link
                to="/work/cases/$caseId"
                params={{ caseId: about.case.id }}
                search={(before) => ({ ...before, task: task.id })}
                hash="task"
                className={styles.link}
                data-content
              >
                {taskNameIn(task)}
              </Link>
              {task.due && <DueBadge due={task.due} />}
            </li>
          )}
        </FirstFew>
      )}
    </section>
  );
}

function OpenTask({ id }: { id: string }) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(taskQuery(id));
  if (isPending) return <Loading />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const { task } = data;
  const name = taskNameIn(task);
  return (
    <div className={styles.open}>
      <h3 data-content>{name}</h3>
      {task.due && isOpen(task) && (
        <p>
          <DueBadge due={task.due} />
        </p>
      )}
      {task.onBehalfOf && <p>{t('task.onBehalf', { party: task.onBehalfOf })}</p>}
      <HandedOver opened={data} />
      <TaskHolder
        task={task}
        onChange={() => {
          void refetch();
          void queries.invalidateQueries({ queryKey: ['case', task.caseId], exact: true });
        }}
      />
      <TaskWork opened={data} name={name} />
    </div>
  );
}
