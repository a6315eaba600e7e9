import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { CaseAnswers } from './CaseAnswers';
import { CaseChoices } from './CaseChoices';
import { CaseDiagram } from './CaseDiagram';
import { CaseFacts } from './CaseFacts';
import { CaseMessages } from './CaseMessages';
import { CaseNow } from './CaseNow';
import { CaseTimeline } from './CaseTimeline';
import { caseQuery } from './cases';
import styles from './CasePage.module.css';
import { useTitle } from './names';

const route = getRouteApi('/shell/work/cases/$caseId');

/** One case: whom it is about, where it stands, what can be done, what is known and what has happened. */
export function CasePage() {
  const { t } = useTranslation('work');
  const { caseId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(caseQuery(caseId));
  const titleOf = useTitle();
  if (isPending) return <Loading />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const title = titleOf(data.case.title);
  return (
    <div className={styles.page}>
      <div>
        <p className={styles.number} data-content>
          {t('task.case', { number: data.case.number })}
        </p>
        <PageTitle inTab={`${data.case.number} ${title}`}>{title}</PageTitle>
      </div>
      <CaseFacts about={data} />
      <CaseNow about={data} />
      <CaseChoices about={data} />
      <CaseMessages about={data} />
      <CaseDiagram about={data} />
      <CaseAnswers caseId={caseId} />
      <CaseTimeline about={data} />
    </div>
  );
}
