import './texts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dayOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { AuditNav } from './AuditNav';
import { CaseFilters } from './cases/CaseFilters';
import { readCaseFilter } from './caseFilter';
import { useProcessName } from './names';
import { casesQuery, unitsQuery, type Case } from './queries';
import styles from './CasesPage.module.css';

const route = getRouteApi('/shell/audit');

/** Every case that one may look into, the ended ones too. */
export function CasesPage() {
  const { t } = useTranslation(['audit', 'shared']);
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    casesQuery(filter),
  );
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle>{t('cases.title')}</PageTitle>
      <AuditNav />
      <CaseFilters
        filter={filter}
        onChange={(change) => {
          void navigate({ search: (before) => readCaseFilter({ ...before, ...change }), replace: true });
        }}
      />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && <p role="status">{rows.length > 0 ? t('cases.shown', { count: rows.length }) : t('cases.none')}</p>}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((row) => (
            <CaseRow key={row.id} row={row} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('shared:action.more')}
          </Button>
        </div>
      )}
      {data && rows.length === 0 && Object.keys(filter).length > 0 && (
        <p>
          <Link to="/audit">{t('cases.clear')}</Link>
        </p>
      )}
    </div>
  );
}

function CaseRow({ row }: { row: Case }) {
  const { t } = useTranslation('audit');
  const { data: units = [] } = useQuery(unitsQuery);
  const process = useProcessName(row.process);
  return (
    <li className={styles.row}>
      <Link to="/audit/cases/$caseId" params={{ caseId: row.id }} className={styles.name} data-content>
        {row.number} · {row.title}
      </Link>
      <span className={styles.facts}>
        <span className={styles.status}>{t(`status.${row.status as 'active'}`)}</span>
        <span data-content>{process}</span>
        <span data-content>{units.find((unit) => unit.id === row.unit)?.name ?? row.unit}</span>
        <span>
          {row.endedAt
            ? t('cases.wasOpen', { from: dayOf(row.startedAt), to: dayOf(row.endedAt) })
            : t('cases.openSince', { from: dayOf(row.startedAt) })}
        </span>
      </span>
    </li>
  );
}
