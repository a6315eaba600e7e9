import './texts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { AuditNav } from './AuditNav';
import { CauseGroup } from './incidents/CauseGroup';
import { chosenBy, readIncidentFilter, type IncidentFilter } from './incidents/incidentFilter';
import { IncidentFilters } from './incidents/IncidentFilters';
import { IncidentItem } from './incidents/IncidentItem';
import { RetryMany } from './incidents/RetryMany';
import type { Run, What } from './incidents/retryMany';
import { RetryResult } from './incidents/RetryResult';
import { incidentGroupsQuery, incidentsQuery } from './incidents/queries';
import styles from './CasesPage.module.css';

const route = getRouteApi('/shell/audit/incidents');
/** So few causes are shown with their cases at once, if those are few too. */
const FEW = 3;

/** What could not be done and waits for a person, by its causes; or what was solved. */
export function IncidentsPage() {
  const { t } = useTranslation('audit');
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  function change(asked: Partial<Record<keyof IncidentFilter, unknown>>): void {
    void navigate({
      search: (before) => readIncidentFilter({ ...before, ...asked }),
      replace: true,
      resetScroll: false,
    });
  }
  const { solved, ...others } = filter;
  return (
    <div className={styles.page}>
      <PageTitle>{t('incidents.title')}</PageTitle>
      <AuditNav />
      <IncidentFilters filter={filter} onChange={change} />
      {Object.keys(others).length > 0 && (
        <p>
          <Link to="/audit/incidents" search={solved ? { solved } : {}} className={styles.clear}>
            {t('cases.clear')}
          </Link>
        </p>
      )}
      {solved ? <Solved filter={filter} /> : <Causes key={JSON.stringify(filter)} filter={filter} />}
    </div>
  );
}

interface Trying {
  what: What;
  count: number;
  name: string;
}

/** What is stuck, by its causes, and the ways to try it again. */
function Causes({ filter }: { filter: IncidentFilter }) {
  const { t } = useTranslation('audit');
  const { data, error, isPending, refetch } = useQuery(incidentGroupsQuery(filter));
  const [trying, setTrying] = useState<Trying>();
  const [result, setResult] = useState<{ run: Run; name: string }>();
  const count = data?.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const operated = data?.reduce((sum, one) => sum + one.operated, 0) ?? 0;
  const isChosen = Object.keys(filter).length > 0;
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <p role="status">
          {count === 0
            ? t(isChosen ? 'incidents.noneChosen' : 'incidents.none')
            : `${t('incidents.shown', { count })} ${count > 1 ? t('incidents.causes', { count: data.length }) : ''}`}
        </p>
      )}
      {result && <RetryResult run={result.run} name={result.name} />}
      {data && data.length > 1 && operated > 0 && (
        <div>
          <Button
            onClick={() => {
              setTrying({ what: { chosen: chosenBy(filter) }, count: operated, name: t('incidents.everything') });
            }}
          >
            {t('incidents.retryEverything', { count: operated })}
          </Button>
        </div>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((group) => (
            <CauseGroup
              // After a run, what was chosen is solved or has failed again: nothing is chosen any more.
              key={JSON.stringify([group.process, group.element, group.kind, group.message, result?.run.done])}
              group={group}
              filter={filter}
              isOpen={data.length <= FEW && group.count <= FEW}
              onRetry={(what, number, name) => {
                setTrying({ what, count: number, name });
              }}
            />
          ))}
        </ul>
      )}
      {trying && (
        <RetryMany
          {...trying}
          onOver={(run) => {
            setTrying(undefined);
            if (run) setResult({ run, name: trying.name });
          }}
        />
      )}
    </>
  );
}

/** What was solved, the last one solved first. */
function Solved({ filter }: { filter: IncidentFilter }) {
  const { t } = useTranslation('audit');
  const query = useInfiniteQuery(incidentsQuery(filter));
  const { data, error, isPending, hasNextPage, refetch } = query;
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <p role="status">
          {rows.length > 0
            ? t(hasNextPage ? 'incidents.solvedFirst' : 'incidents.solvedShown', { count: rows.length })
            : t('incidents.noneSolved')}
        </p>
      )}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((row) => (
            <IncidentItem key={row.incident.id} row={row} />
          ))}
        </ul>
      )}
      <MoreRows of={query} />
    </>
  );
}
