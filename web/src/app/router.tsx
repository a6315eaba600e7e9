/** Every address of the app. Pages come with their workplace's own chunk, when somebody goes there. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readCaseFilter as readAuditFilter } from '@/audit/caseFilter';
import { readCaseSearch } from '@/audit/caseSearch';
import { sessionQuery, workplacesOf } from '@/shared/session';
import { readFormPreview } from '@/design/forms/formPreview';
import { readCaseFilter, readCaseView } from '@/work/caseFilter';
import { readStart } from '@/work/startChoice';
import { readTaskFilter } from '@/work/taskFilter';
import { ErrorPage } from './ErrorPage';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';
import { SignInPage } from './SignInPage';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => {
    const { to } = search;
    // Only addresses of our own: a link must never lead somebody who signs in to another site.
    return typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') ? { to } : {};
  },
  component: SignInPage,
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    return { session };
  },
  component: Shell,
});

const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    const [place = 'work'] = workplacesOf(context.session);
    throw redirect({ to: `/${place}`, replace: true });
  },
});

const work = createRoute({
  getParentRoute: () => shell,
  path: '/work',
  component: lazyRouteComponent(() => import('@/work/WorkArea'), 'WorkArea'),
});

const workStart = createRoute({
  getParentRoute: () => work,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/work/tasks', replace: true });
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
  component: lazyRouteComponent(() => import('@/work/TaskPage'), 'TaskPage'),
});

const cases = createRoute({
  getParentRoute: () => work,
  path: '/cases',
  validateSearch: readCaseFilter,
  component: lazyRouteComponent(() => import('@/work/CasesPage'), 'CasesPage'),
});

const oneCase = createRoute({
  getParentRoute: () => work,
  path: '/cases/$caseId',
  validateSearch: readCaseView,
  component: lazyRouteComponent(() => import('@/work/CasePage'), 'CasePage'),
});

const startCase = createRoute({
  getParentRoute: () => work,
  path: '/start',
  validateSearch: readStart,
  component: lazyRouteComponent(() => import('@/work/StartCasePage'), 'StartCasePage'),
});

const design = createRoute({
  getParentRoute: () => shell,
  path: '/design',
  component: lazyRouteComponent(() => import('@/design/PackagesPage'), 'PackagesPage'),
});

const forms = createRoute({
  getParentRoute: () => shell,
  path: '/design/forms',
  component: lazyRouteComponent(() => import('@/design/forms/FormsPage'), 'FormsPage'),
});

const form = createRoute({
  getParentRoute: () => shell,
  path: '/design/forms/$formKey',
  validateSearch: readFormPreview,
  component: lazyRouteComponent(() => import('@/design/forms/FormPage'), 'FormPage'),
});

const draft = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId',
  component: lazyRouteComponent(() => import('@/design/DraftPage'), 'DraftPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditFilter,
  component: lazyRouteComponent(() => import('@/audit/CasesPage'), 'CasesPage'),
});

const auditCase = createRoute({
  getParentRoute: () => shell,
  path: '/audit/cases/$caseId',
  validateSearch: readCaseSearch,
  component: lazyRouteComponent(() => import('@/audit/CasePage'), 'CasePage'),
});

const dossier = createRoute({
  getParentRoute: () => shell,
  path: '/audit/cases/$caseId/dossier',
  component: lazyRouteComponent(() => import('@/audit/DossierPage'), 'DossierPage'),
});

const incidents = createRoute({
  getParentRoute: () => shell,
  path: '/audit/incidents',
  component: lazyRouteComponent(() => import('@/audit/IncidentsPage'), 'IncidentsPage'),
});

const coach = work.addChildren([workStart, tasks, task, cases, oneCase, startCase]);

const routes = root.addChildren([
  signIn,
  shell.addChildren([start, coach, design, draft, forms, form, audit, auditCase, dossier, incidents]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({ routeTree: routes, context: { queries }, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
