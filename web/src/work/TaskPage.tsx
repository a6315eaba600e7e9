import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DueBadge } from './DueBadge';
import { TaskHolder } from './TaskHolder';
import { TaskWork } from './TaskWork';
import { taskQuery } from './tasks';
import styles from './TaskPage.module.css';

const route = getRouteApi('/shell/work/tasks/$taskId');

export function TaskPage() {
  const { taskId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(taskQuery(taskId));
  const { t } = useTranslation('work');
  if (isPending) return <Loading />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const { task, caseNumber, caseTitle } = data;
  const name = currentLanguage() === 'sv' ? task.name : task.nameEn;
  return (
    <div className={styles.page}>
      <div>
        <p className={styles.case} data-content>
          {t('task.case', { number: caseNumber })} · {caseTitle}
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
