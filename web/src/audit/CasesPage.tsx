import './texts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { useSubjects } from '@/shared/useSubjects';
import { AuditNav } from './AuditNav';
import { readCaseFilter, readSought, type CaseFilter, type Sought } from './caseFilter';
import { AboutOne } from './cases/AboutOne';
import { CaseFilters } from './cases/CaseFilters';
import { CaseItem } from './cases/CaseItem';
import { casesQuery } from './queries';
import styles from './CasesPage.module.css';

const route = getRouteApi('/shell/audit');

/** Every case that one may look into, the ended ones too. */
export function CasesPage() {
  const { t } = useTranslation('audit');
  const filter = route.useSearch();
  const sought = readSought(useLocation({ select: ({ state }) => state }));
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(casesQuery(filter, sought));
  const { data, error, isPending, hasNextPage, refetch } = query;
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const whoOf = useSubjects(rows);
  const isChosen = Object.keys(filter).length + Object.keys(sought).length > 0;
  function change(
    asked: Partial<Record<keyof CaseFilter, unknown>>,
    looked: Partial<Record<keyof Sought, unknown>> = {},
  ): void {
    void navigate({
      search: (before) => readCaseFilter({ ...before, ...asked }),
      state: { audited: readSought({ audited: { ...sought, ...looked } }) },
      replace: true,
      resetScroll: false,
    });
  }
  return (
    <div className={styles.page}>
      <PageTitle>{t('cases.title')}</PageTitle>
      <AuditNav />
      <CaseFilters filter={filter} sought={sought} onChange={change} />
      {sought.about && (
        <AboutOne
          about={sought.about}
          onClear={() => {
            change({}, { about: undefined });
          }}
        />
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <p role="status">
          {rows.length > 0
            ? t(hasNextPage ? 'cases.shownFirst' : 'cases.shown', { count: rows.length })
            : t(isChosen ? 'cases.none' : 'cases.noneAtAll')}
        </p>
      )}
      {isChosen && (
        <p>
          <Link to="/audit" className={styles.clear}>
            {t('cases.clear')}
          </Link>
        </p>
      )}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((one) => (
            <CaseItem key={one.row.id} row={one.row} who={whoOf(one)} />
          ))}
        </ul>
      )}
      <MoreRows of={query} />
    </div>
  );
}
