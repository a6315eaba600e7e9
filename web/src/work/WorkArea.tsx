import './texts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useMatchRoute, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { concerns } from '@/shared/live';
import { Tabs } from '@/shared/ui/Tabs';
import { useLive } from '@/shared/useLive';
import { CaseSearchField } from './search/CaseSearchField';
import { readTaskFilter } from './taskFilter';
import styles from './WorkArea.module.css';

/** The coach's part: the ways to its lists above whatever page is open. */
export function WorkArea() {
  const { t } = useTranslation('work');
  const search = useSearch({ strict: false });
  const isTask = useMatchRoute()({ to: '/work/tasks/$taskId' }) !== false;
  useFreshCases();
  return (
    <>
      <Tabs label={t('area.label')} className={styles.ways}>
        <Link
          to="/work/tasks"
          // From a task the way back is to the list that it was opened from.
          search={isTask ? readTaskFilter(search) : {}}
          activeOptions={{ includeSearch: false }}
        >
          {t('area.tasks')}
        </Link>
        <Link to="/work/cases" activeOptions={{ includeSearch: false }}>
          {t('area.cases')}
        </Link>
        <Link to="/work/start" activeOptions={{ includeSearch: false }}>
          {t('area.start')}
        </Link>
      </Tabs>
      <CaseSearchField />
      <Outlet />
    </>
  );
}

/** What is shown of a case, and the counts of tasks, follow what others do. Lists and forms see to themselves. */
function useFreshCases(): void {
  const queries = useQueryClient();
  useLive((heard) => {
    if (concerns(heard, 'tasks')) void queries.invalidateQueries({ queryKey: ['task-counts'] });
    const keys = heard === 'everything' ? [['case']] : heard.map(({ caseId }) => ['case', caseId]);
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  });
}
