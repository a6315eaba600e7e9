import './texts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { TaskRowItem } from './TaskRowItem';
import { readTaskFilter, type TaskFilter } from './taskFilter';
import { definitionsQuery, tasksQuery } from './tasks';
import styles from './TasksPage.module.css';

const route = getRouteApi('/shell/work/tasks');

export function TasksPage() {
  const { t } = useTranslation(['work', 'shared']);
  const filter = route.useSearch();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    tasksQuery(filter),
  );
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <PageTitle inTab={t('tasks.tabTitle')}>{t('tasks.title')}</PageTitle>
      <Filters filter={filter} />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && rows.length === 0 && <Nothing filter={filter} />}
      {rows.length > 0 && (
        <>
          <p role="status">{t('tasks.shown', { count: rows.length })}</p>
          <ul className={styles.list}>
            {rows.map((row) => (
              <TaskRowItem key={row.task.id} row={row} />
            ))}
          </ul>
        </>
      )}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('shared:action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Filters({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation('work');
  const navigate = route.useNavigate();
  const { data: definitions = [] } = useQuery(definitionsQuery);
  function choose(change: Record<string, string | undefined>): void {
    void navigate({ search: (before) => readTaskFilter({ ...before, ...change }), replace: true });
  }
  const processes = definitions.map((one) => ({
    value: one.key,
    text: currentLanguage() === 'sv' ? one.name : one.nameEn,
  }));
  return (
    <search className={styles.filters}>
      <Select
        label={t('tasks.show')}
        value={filter.show ?? ''}
        choices={[
          { value: '', text: t('tasks.all') },
          { value: 'mine', text: t('tasks.mine') },
          { value: 'free', text: t('tasks.free') },
        ]}
        onChoose={(show) => {
          choose({ show });
        }}
      />
      <Select
        label={t('tasks.due')}
        value={filter.due ?? ''}
        choices={[
          { value: '', text: t('tasks.dueAny') },
          { value: 'today', text: t('tasks.dueToday') },
          { value: 'week', text: t('tasks.dueWeek') },
        ]}
        onChoose={(due) => {
          choose({ due });
        }}
      />
      <Select
        label={t('tasks.process')}
        value={filter.process ?? ''}
        choices={[{ value: '', text: t('tasks.processAny') }, ...processes]}
        onChoose={(process) => {
          choose({ process });
        }}
      />
    </search>
  );
}

function Nothing({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation('work');
  if (Object.keys(filter).length === 0) return <p role="status">{t('tasks.none')}</p>;
  return (
    <>
      <p role="status">{t('tasks.noneFiltered')}</p>
      <p>
        <Link to="/work/tasks">{t('tasks.clear')}</Link>
      </p>
    </>
  );
}
