import '../texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { Notice } from '@/shared/ui/Notice';
import { PageTitle } from '@/shared/ui/PageTitle';
import { PageProblem } from '@/shared/ui/PageProblem';
import { AuditNav } from '../AuditNav';
import { useProcessName } from '../names';
import styles from '../CasesPage.module.css';
import { incidentQuery, type IncidentDetail } from './queries';
import { CorrectData } from './CorrectData';
import { GoPast } from './GoPast';
import { useMayOperate } from './operate';
import { IncidentTold } from './IncidentTold';
import { TryAgain } from './TryAgain';
import { WhatIsKnown } from './WhatIsKnown';
import { WhatItGets } from './WhatItGets';

const route = getRouteApi('/shell/audit/incidents/$incidentId');

/** One incident: what failed and why, what is known there, and the ways to mend it, for those who may. */
export function IncidentPage() {
  const { t } = useTranslation('audit');
  const { incidentId } = route.useParams();
  const { data, error, refetch } = useQuery(incidentQuery(incidentId));
  const process = useProcessName(data?.case.process ?? '');
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={styles.page}>
      <p>
        <Link to="/audit/incidents">{t('incidents.toList')}</Link>
      </p>
      <PageTitle>{t('incidents.ofCase', { number: data.case.number, title: process })}</PageTitle>
      <AuditNav />
      <Found detail={data} />
    </div>
  );
}

function Found({ detail }: { detail: IncidentDetail }) {
  const { t } = useTranslation('audit');
  const { incident, case: found } = detail;
  const mayOperate = useMayOperate(found.unit);
  const isOpen = incident.state === 'open';
  // What an expression reads leads to the form in which that is corrected.
  const [path, setPath] = useState<string>();
  const [asked, setAsked] = useState(0);
  function correct(chosen: string): void {
    setPath(chosen);
    setAsked(asked + 1);
  }
  const isMendable = mayOperate && isOpen && !incident.toBeSeen;
  return (
    <>
      <div role="status">
        {!isOpen && (
          <Notice tone="good" title={t('incidents.solved')}>
            <p>{t('incidents.solvedWhat')}</p>
          </Notice>
        )}
      </div>
      <IncidentTold detail={detail} />
      {isOpen && <WhatItGets detail={detail} onCorrect={isMendable ? correct : undefined} />}
      {detail.data && <WhatIsKnown caseId={found.id} call={incident.call} data={detail.data} />}
      {!mayOperate && isOpen && <p>{t('incidents.notYours')}</p>}
      {mayOperate && isOpen && <TryAgain incident={incident} />}
      {isMendable && (
        <>
          <CorrectData key={asked} detail={detail} first={path} />
          <GoPast detail={detail} />
        </>
      )}
    </>
  );
}
