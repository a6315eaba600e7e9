import './texts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { AuditNav } from './AuditNav';
import { IncidentItem } from './incidents/IncidentItem';
import { incidentsQuery } from './queries';
import styles from './CasesPage.module.css';

/** What could not be done and waits for a person, the longest waiting first. */
export function IncidentsPage() {
  const { t } = useTranslation('audit');
  const { data, error, isPending, refetch } = useQuery(incidentsQuery);
  return (
    <div className={styles.page}>
      <PageTitle>{t('incidents.title')}</PageTitle>
      <AuditNav />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <p role="status">{data.length > 0 ? t('incidents.shown', { count: data.length }) : t('incidents.none')}</p>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((row) => (
            <IncidentItem key={row.incident.id} row={row} />
          ))}
        </ul>
      )}
    </div>
  );
}
