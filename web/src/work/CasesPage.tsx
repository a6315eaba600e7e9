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
import { Select } from '@/shared/ui/Select';
import { TextField } from '@/shared/ui/TextField';
import { readCaseFilter, STATUSES, type CaseFilter } from './caseFilter';
import { CaseRowItem } from './CaseRowItem';
import { casesQuery, unitsQuery } from './cases';
import styles from './CasesPage.module.css';
import { useSubjects } from '@/shared/useSubjects';
import { nameIn } from './names';
import { definitionsQuery } from './tasks';

const route = getRouteApi('/shell/work/cases');

/** The cases of one's units, found by what one may search. */
export function CasesPage() {
  const { t } = useTranslation('work');
  const filter = route.useSearch();
  const query = useInfiniteQuery(casesQuery(filter));
  const { data, error, isPending, refetch } = query;
  const rows =
    data?.pages.flatMap(({ items, about }) =>
      items.map((row) => ({ row, about: about.find((one) => one.case === row.id) })),
    ) ?? [];
  const whoOf = useSubjects(rows);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <div className={styles.page}>
      <PageTitle>{t('cases.title')}</PageTitle>
      <Filters key={filter.number ?? ''} filter={filter} />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <p role="status">
          {rows.length > 0
            ? t('cases.shown', { count: rows.length })
            : t(isFiltered ? 'cases.noneFiltered' : 'cases.none')}
        </p>
      )}
      {isFiltered && (
        <p>
          <Link to="/work/cases" className={styles.clear}>
            {t('cases.clear')}
          </Link>
        </p>
      )}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((one) => (
            <CaseRowItem key={one.row.id} row={one.row} who={whoOf(one)} />
          ))}
        </ul>
      )}
      <MoreRows of={query} />
    </div>
  );
}

function Filters({ filter }: { filter: CaseFilter }) {
  const { t } = useTranslation('work');
  const navigate = route.useNavigate();
  const { data: definitions = [] } = useQuery(definitionsQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  const [number, setNumber] = useState(filter.number ?? '');
  function choose(change: Record<string, string | undefined>): void {
    void navigate({ search: (before) => readCaseFilter({ ...before, ...change }), replace: true });
  }
  return (
    <search>
      <form
        className={styles.filters}
        onSubmit={(event) => {
          event.preventDefault();
          choose({ number });
        }}
      >
        <div className={styles.number}>
          <TextField
            label={t('cases.number')}
            value={number}
            autoComplete="off"
            onChange={({ target }) => {
              setNumber(target.value);
            }}
          />
          <Button type="submit">{t('cases.find')}</Button>
        </div>
        <Select
          label={t('cases.status')}
          value={filter.status ?? ''}
          choices={[
            { value: '', text: t('cases.statusAny') },
            ...STATUSES.map((status) => ({ value: status, text: t(`case.statuses.${status}`) })),
          ]}
          onChoose={(status) => {
            choose({ status });
          }}
        />
        <Select
          label={t('cases.process')}
          value={filter.process ?? ''}
          choices={[
            { value: '', text: t('cases.processAny') },
            ...definitions.map((one) => ({ value: one.key, text: nameIn(one) })),
          ]}
          onChoose={(process) => {
            choose({ process });
          }}
        />
        <Select
          label={t('cases.unit')}
          value={filter.unit ?? ''}
          choices={[
            { value: '', text: t('cases.unitAny') },
            ...units.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          onChoose={(unit) => {
            choose({ unit });
          }}
        />
      </form>
    </search>
  );
}
