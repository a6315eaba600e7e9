import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readTaskFilter, WHEN, WHOSE, type TaskFilter } from '../taskFilter';
import { countsQuery, type TaskCount } from '../tasks';
import styles from './TaskTabs.module.css';

/** The ways into the list, each with how many tasks lie there: whose they are, and by when they are to be done. */
export function TaskTabs({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation('work');
  const { data: counts } = useQuery(countsQuery(filter));
  const { show, when } = filter;
  const whose = counts && counts[show ?? 'all'];
  return (
    <div className={styles.tabs}>
      <nav aria-label={t('tasks.show')} className={styles.whose}>
        {[undefined, ...WHOSE].map((one) => (
          <Tab
            key={one ?? 'all'}
            text={t(`tasks.whose.${one ?? 'all'}`)}
            count={countIn(counts?.[one ?? 'all'], when)}
            filter={readTaskFilter({ ...filter, show: one })}
          />
        ))}
      </nav>
      <nav aria-label={t('tasks.due')} className={styles.when}>
        {[undefined, ...WHEN].map((one) => (
          <Tab
            key={one ?? 'any'}
            text={t(`tasks.when.${one ?? 'any'}`)}
            count={countIn(whose, one)}
            filter={readTaskFilter({ ...filter, when: one })}
          />
        ))}
      </nav>
    </div>
  );
}

function Tab({ text, count, filter }: { text: string; count: number | undefined; filter: TaskFilter }) {
  return (
    <Link to="/work/tasks" search={filter} replace activeOptions={{ exact: true }} className={styles.tab}>
      {text} {count !== undefined && <span className={styles.count}>({count})</span>}
    </Link>
  );
}

function countIn(count: TaskCount | undefined, when: TaskFilter['when']): number | undefined {
  return count?.[when ?? 'open'];
}
