import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DueBadge } from './DueBadge';
import { nameIn, useTitle } from './names';
import { TaskHolder } from './TaskHolder';
import { TaskWork } from './TaskWork';
import { taskQuery } from './tasks';
import styles from './TaskPage.module.css';

const route = getRouteApi('/shell/work/tasks/$taskId');

export function TaskPage() {
  const { taskId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(taskQuery(taskId));
  const { t } = useTranslation('work');
  const titleOf = useTitle();
  if (isPending) return <Loading />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const { task, caseNumber, caseTitle } = data;
  const name = nameIn(task);
  return (
    <div className={styles.page}>
      <div>
        <p className={styles.case} data-content>
          <Link to="/work/cases/$caseId" params={{ caseId: task.caseId }} className={styles.link}>
            {t('task.case', { number: caseNumber })} · {titleOf(caseTitle)}
          </Link>
        </p>
        <PageTitle>{name}</PageTitle>
      </div>
      {task.due && (
        <p>
          <DueBadge due={task.due} />
        </p>
      )}
      {task.onBehalfOf && <p>{t('task.onBehalf', { party: task.onBehalfOf })}</p>}
      <TaskHolder task={task} onChange={() => void refetch()} />
      <TaskWork key={task.id} opened={data} name={name} />
    </div>
  );
}
