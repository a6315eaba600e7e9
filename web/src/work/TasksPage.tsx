import './texts';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { forgoHeading } from '@/shared/ui/newPage';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { takeOpened } from './list/cameFrom';
import { NewTasks } from './list/NewTasks';
import { TaskFilters } from './list/TaskFilters';
import { TaskList } from './list/TaskList';
import { TaskTabs } from './list/TaskTabs';
import { useTaskList } from './list/useTaskList';
import { narrows } from './taskFilter';
import styles from './TasksPage.module.css';
import { SavedViews } from './views/SavedViews';

const route = getRouteApi('/shell/work/tasks');

/** What one can do, most urgent first, narrowed and ordered as the address says. */
export function TasksPage() {
  const { t } = useTranslation('work');
  const filter = route.useSearch();
  const [opened] = useState(takeOpened);
  const list = useTaskList(filter, opened !== undefined);
  const { rows } = list;
  const focused = rows.some(({ task }) => task.id === opened) ? opened : undefined;
  const [isBack] = useState(focused !== undefined);
  if (isBack) forgoHeading();
  return (
    <div className={styles.page}>
      <PageTitle inTab={t('tasks.tabTitle')}>{t('tasks.title')}</PageTitle>
      <SavedViews filter={filter} />
      <TaskTabs filter={filter} />
      <TaskFilters filter={filter} />
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data && (
        <p role="status" className={styles.shown}>
          {rows.length > 0 && t(list.hasNextPage ? 'tasks.shownFirst' : 'tasks.shown', { count: rows.length })}
          {rows.length === 0 && t(narrows(filter) ? 'tasks.noneFiltered' : 'tasks.none')}
        </p>
      )}
      <NewTasks count={list.news?.added ?? 0} onShow={list.showNews} />
      <TaskList
        rows={rows}
        filter={filter}
        news={list.news}
        isNew={list.isNew}
        focused={isBack ? focused : undefined}
        own={list.own}
        onDone={list.look}
      />
      <MoreRows of={list} />
    </div>
  );
}
