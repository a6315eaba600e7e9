/** The addresses of the coach's part. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readCaseFilter, readCaseView } from '@/work/caseFilter';
import { readStart } from '@/work/startChoice';
import { readTaskFilter } from '@/work/taskFilter';
import { savedViewsQuery, startOf } from '@/work/views/savedViews';
import { shell } from './shellRoute';

const work = createRoute({
  getParentRoute: () => shell,
  path: '/work',
  component: lazyRouteComponent(() => import('@/work/WorkArea'), 'WorkArea'),
});

const workStart = createRoute({
  getParentRoute: () => work,
  path: '/',
  beforeLoad: async ({ context }) => {
    // Without an answer about one's views there is still a list to begin with.
    const views = await context.queries.ensureQueryData(savedViewsQuery).catch(() => []);
    throw redirect({ to: '/work/tasks', search: startOf(views), replace: true });
  },
});

const tasks = createRoute({
  getParentRoute: () => work,
  path: '/tasks',
  validateSearch: readTaskFilter,
  component: lazyRouteComponent(() => import('@/work/TasksPage'), 'TasksPage'),
});

const task = createRoute({
  getParentRoute: () => work,
  path: '/tasks/$taskId',
  validateSearch: readTaskFilter,
  component: lazyRouteComponent(() => import('@/work/TaskPage'), 'TaskPage'),
});

const cases = createRoute({
  getParentRoute: () => work,
  path: '/cases',
  validateSearch: readCaseFilter,
  component: lazyRouteComponent(() => import('@/work/CasesPage'), 'CasesPage'),
});

const caseSearch = createRoute({
  getParentRoute: () => work,
  path: '/search',
  component: lazyRouteComponent(() => import('@/work/search/CaseSearchPage'), 'CaseSearchPage'),
});

const oneCase = createRoute({
  getParentRoute: () => work,
  path: '/cases/$caseId',
  validateSearch: readCaseView,
  component: lazyRouteComponent(() => import('@/work/CasePage'), 'CasePage'),
});

const openFile = createRoute({
  getParentRoute: () => work,
  path: '/cases/$caseId/files/$fileId',
  component: lazyRouteComponent(() => import('@/work/case/OpenFilePage'), 'OpenFilePage'),
});

const startCase = createRoute({
  getParentRoute: () => work,
  path: '/start',
  validateSearch: readStart,
  component: lazyRouteComponent(() => import('@/work/StartCasePage'), 'StartCasePage'),
});

const newEntry = createRoute({
  getParentRoute: () => work,
  path: '/registers/$registerKey/new',
  component: lazyRouteComponent(() => import('@/work/registers/NewEntryPage'), 'NewEntryPage'),
});

export const coach = work.addChildren([
  workStart,
  tasks,
  task,
  cases,
  caseSearch,
  oneCase,
  openFile,
  startCase,
  newEntry,
]);
