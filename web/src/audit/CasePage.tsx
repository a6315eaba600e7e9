import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import navStyles from './AuditNav.module.css';
import { CaseFacts } from './cases/CaseFacts';
import { Proof } from './cases/Proof';
import { TakeAway } from './cases/TakeAway';
import { readCaseSearch } from './caseSearch';
import { EventFilters } from './events/EventFilters';
import { EventList } from './events/EventList';
import { caseQuery, historyQuery, type CaseDetail, type HistoryEvent } from './queries';
import { runsByEvent, runsOf } from './replay/walk';
import { useVersionNames, useVersions } from './useVersions';
import styles from './CasesPage.module.css';

const route = getRouteApi('/shell/audit/cases/$caseId');
const Replay = lazy(async () => ({ default: (await import('./replay/Replay')).Replay }));

/** One case for somebody who looks at it afterwards: what happened, how it went, and the proof. */
export function CasePage() {
  const { caseId } = route.useParams();
  const found = useQuery(caseQuery(caseId));
  const history = useQuery(historyQuery(caseId));
  const error = found.error ?? history.error;
  if (error)
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void found.refetch();
          void history.refetch();
        }}
      />
    );
  if (!found.data || !history.data) return <Loading />;
  return <CaseTold detail={found.data} events={history.data} />;
}

function CaseTold({ detail, events }: { detail: CaseDetail; events: readonly HistoryEvent[] }) {
  const { t } = useTranslation('audit');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ran = runsOf(events);
  const versions = useVersions(ran);
  const names = useVersionNames(versions);
  function change(what: Record<string, unknown>, { replace = true } = {}): void {
    void navigate({ search: (before) => readCaseSearch({ ...before, ...what }), replace, resetScroll: false });
  }
  return (
    <div className={styles.page}>
      <p>
        <Link to="/audit">{t('case.toList')}</Link>
      </p>
      <PageTitle>{t('case.title', { number: detail.case.number })}</PageTitle>
      <CaseFacts found={detail.case} version={names.get(ran[0]?.version ?? '')} />
      <Proof caseId={detail.case.id} events={events.length} />
      <TakeAway caseId={detail.case.id} />
      <nav aria-label={t('case.views')} className={navStyles.nav}>
        {([undefined, 'replay'] as const).map((view) => (
          // A link is current when it leads to just what is shown.
          <Link
            key={view ?? ''}
            from="/audit/cases/$caseId"
            to="."
            search={search.view === view ? search : { ...(view && { view }) }}
            activeOptions={{ exact: true, includeSearch: true }}
            resetScroll={false}
          >
            {t(view ? 'case.replay' : 'case.events')}
          </Link>
        ))}
      </nav>
      {search.view === 'replay' ? (
        <Suspense fallback={<Loading />}>
          <Replay detail={detail} events={events} search={search} versions={versions} names={names} onChange={change} />
        </Suspense>
      ) : (
        <>
          <h2 className="visually-hidden">{t('case.events')}</h2>
          <EventFilters events={events} search={search} onChange={change} />
          <EventList
            key={JSON.stringify(search)}
            events={events}
            search={search}
            runs={runsByEvent(events)}
            versions={names}
          />
        </>
      )}
    </div>
  );
}
