import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { PageProblem } from '@/shared/ui/PageProblem';
import { Tabs } from '@/shared/ui/Tabs';
import { CaseFacts } from './cases/CaseFacts';
import { Proof } from './cases/Proof';
import { TakeAway } from './cases/TakeAway';
import { readCaseSearch } from './caseSearch';
import { EventFilters } from './events/EventFilters';
import { EventList } from './events/EventList';
import { Looks } from './looks/Looks';
import { caseQuery, outlineQuery, type CaseDetail, type Outline } from './queries';
import { useVersionNames, useVersions } from './useVersions';
import styles from './CasesPage.module.css';

const route = getRouteApi('/shell/audit/cases/$caseId');
const VIEWS = [undefined, 'replay', 'looks'] as const;
const Replay = lazy(async () => ({ default: (await import('./replay/Replay')).Replay }));

/** One case for somebody who looks at it afterwards: what happened, how it went, and the proof. */
export function CasePage() {
  const { caseId } = route.useParams();
  const found = useQuery(caseQuery(caseId));
  const history = useQuery(outlineQuery(caseId));
  const error = found.error ?? history.error;
  if (error)
    return (
      <PageProblem
        error={error}
        onRetry={() => {
          void found.refetch();
          void history.refetch();
        }}
      />
    );
  if (!found.data || !history.data) return <Loading />;
  return <CaseTold detail={found.data} outline={history.data} />;
}

function CaseTold({ detail, outline }: { detail: CaseDetail; outline: Outline }) {
  const { t } = useTranslation('audit');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAuditor = useSession().roles.includes('auditor');
  const views = isAuditor ? VIEWS : VIEWS.filter((view) => view !== 'looks');
  const versions = useVersions(outline.ran);
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
      <CaseFacts found={detail.case} about={detail.about} version={names.get(outline.ran[0]?.version ?? '')} />
      <Proof caseId={detail.case.id} outline={outline} />
      <TakeAway caseId={detail.case.id} />
      <Tabs label={t('case.views')}>
        {views.map((view) => (
          // A link is current when it leads to just what is shown.
          <Link
            key={view ?? ''}
            from="/audit/cases/$caseId"
            to="."
            search={search.view === view ? search : { ...(view && { view }) }}
            activeOptions={{ exact: true, includeSearch: true }}
            resetScroll={false}
          >
            {t(`case.${view ?? 'events'}`)}
          </Link>
        ))}
      </Tabs>
      {search.view === 'replay' ? (
        <Suspense fallback={<Loading />}>
          <Replay detail={detail} search={search} versions={versions} names={names} onChange={change} />
        </Suspense>
      ) : search.view === 'looks' ? (
        <>
          <h2 className="visually-hidden">{t('looks.title')}</h2>
          <Looks caseId={detail.case.id} />
        </>
      ) : (
        <>
          <h2 className="visually-hidden">{t('case.events')}</h2>
          <EventFilters outline={outline} search={search} onChange={change} />
          <EventList caseId={detail.case.id} outline={outline} search={search} versions={names} />
        </>
      )}
    </div>
  );
}
