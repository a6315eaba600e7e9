import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { CaseAnswers } from './CaseAnswers';
import { CaseChoices } from './CaseChoices';
import { CaseDiagram } from './CaseDiagram';
import { CaseFacts } from './CaseFacts';
import { CaseMessages } from './CaseMessages';
import { CaseNow } from './CaseNow';
import { CaseTimeline } from './CaseTimeline';
import { CaseHolder } from './handing/CaseHolder';
import { CaseFiles } from './case/CaseFiles';
import { CaseNotes } from './case/CaseNotes';
import { CaseParts } from './case/CaseParts';
import { CaseTask } from './case/CaseTask';
import { tasksFor } from './case/openTask';
import { caseQuery, type CaseDetail } from './cases';
import styles from './CasePage.module.css';
import { useTitle } from './names';

const route = getRouteApi('/shell/work/cases/$caseId');

/** One case: whom it is about, where it stands, what can be done, what is known and what has happened. */
export function CasePage() {
  const { caseId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(caseQuery(caseId));
  if (isPending) return <Loading />;
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <OneCase key={caseId} about={data} />;
}

function OneCase({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const titleOf = useTitle();
  const tasks = tasksFor(useSession(), about);
  // What opens by itself stays open when it is done, so that its end can be read.
  const [first] = useState(() => tasks[0]?.id);
  const { task: open = first } = route.useSearch();
  const title = titleOf(about.case.title);
  const caseId = about.case.id;
  return (
    <div className={styles.page}>
      <div>
        <p className={styles.number} data-content>
          {t('task.case', { number: about.case.number })}
        </p>
        <PageTitle inTab={`${about.case.number} ${title}`}>{title}</PageTitle>
      </div>
      <div className={styles.facts}>
        <CaseFacts about={about} />
        <CaseHolder about={about} />
      </div>
      <CaseParts caseId={caseId} hasTask={open !== undefined} />
      {(open !== undefined || tasks.length > 0) && <CaseTask about={about} tasks={tasks} open={open} />}
      <CaseNow about={about} />
      <CaseChoices about={about} open={open} />
      <CaseMessages about={about} />
      <CaseNotes caseId={caseId} />
      <CaseFiles caseId={caseId} />
      <CaseAnswers caseId={caseId} />
      <CaseDiagram about={about} />
      <CaseTimeline about={about} />
    </div>
  );
}
