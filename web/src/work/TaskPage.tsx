import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubjects } from '@/shared/useSubjects';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DueBadge } from './DueBadge';
import { HandedOver } from './handing/HandedOver';
import { rememberOpened } from './list/cameFrom';
import { taskNameIn, useTitle } from './names';
import { TaskHolder } from './TaskHolder';
import { TaskWork } from './TaskWork';
import { isOpen, taskQuery } from './tasks';
import styles from './TaskPage.module.css';

const route = getRouteApi('/shell/work/tasks/$taskId');

export function TaskPage() {
  const { taskId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(taskQuery(taskId));
  const { t } = useTranslation('work');
  const titleOf = useTitle();
  const whoOf = useSubjects(data ? [data] : []);
  useEffect(() => {
    rememberOpened(taskId);
  }, [taskId]);
  if (isPending) return <Loading />;
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const { task, caseNumber, caseTitle } = data;
  const name = taskNameIn(task);
  const who = whoOf(data);
  return (
    <div className={styles.page}>
      <div>
        <p className={styles.case} data-content>
          {who && <span className={styles.who}>{who.name}</span>}
          {who?.isProtected && <strong>{t('tasks.protected')}</strong>}
          <Link to="/work/cases/$caseId" params={{ caseId: task.caseId }} className={styles.link}>
            {t('task.case', { number: caseNumber })} · {titleOf(caseTitle)}
          </Link>
        </p>
        <PageTitle>{name}</PageTitle>
      </div>
      {task.due && isOpen(task) && (
        <p>
          <DueBadge due={task.due} />
        </p>
      )}
      {task.onBehalfOf && <p>{t('task.onBehalf', { party: task.onBehalfOf })}</p>}
      <HandedOver opened={data} />
      <TaskHolder task={task} onChange={() => void refetch()} />
      <TaskWork key={task.id} opened={data} name={name} />
    </div>
  );
}
