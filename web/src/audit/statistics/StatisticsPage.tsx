import '../texts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { AuditNav } from '../AuditNav';
import { definitionsQuery, statisticsQuery } from '../queries';
import { StatisticsFilters } from './StatisticsFilters';
import { readStatisticsSearch } from './statisticsSearch';
import { StepsDrawn } from './StepsDrawn';
import styles from '../CasesPage.module.css';

const route = getRouteApi('/shell/audit/statistics');

/** All cases of a process on its diagram: where they wait, how many have passed, and how long it took them. */
export function StatisticsPage() {
  const { t } = useTranslation('audit');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: definitions = [], error: unknown } = useQuery(definitionsQuery);
  // Unless the address says another: the process with the most cases under way.
  const [busiest] = definitions.toSorted((a, b) => (b.openCases ?? 0) - (a.openCases ?? 0));
  const process = search.process ?? busiest?.key ?? '';
  const { data, error, refetch } = useQuery({
    ...statisticsQuery(process, search),
    enabled: process !== '',
    placeholderData: keepPreviousData,
  });
  function change(what: Record<string, unknown>): void {
    void navigate({
      search: (before) => readStatisticsSearch({ ...before, ...what }),
      replace: true,
      resetScroll: false,
    });
  }
  return (
    <div className={styles.page}>
      <PageTitle>{t('statistics.title')}</PageTitle>
      <AuditNav />
      {process && <StatisticsFilters process={process} search={search} onChange={change} />}
      {(error ?? unknown) && <ProblemNotice error={error ?? unknown} onRetry={() => void refetch()} />}
      {!data && !error && !unknown && <Loading />}
      {data && (
        <>
          <p role="status">
            {data.cases === 0
              ? t('statistics.none')
              : t('statistics.counted', { count: data.cases, open: data.openCases })}{' '}
            {data.lookedAt < data.cases && t('statistics.newest', { count: data.lookedAt })}
          </p>
          <StepsDrawn found={data} search={search} onChange={change} />
        </>
      )}
    </div>
  );
}
