/** Every address of the app. Pages come with their workplace's own chunk, when somebody goes there. */
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readCaseFilter as readAuditFilter } from '@/audit/caseFilter';
import { readCaseSearch, readDossierPart } from '@/audit/caseSearch';
import { readIncidentFilter } from '@/audit/incidents/incidentFilter';
import { readStatisticsSearch } from '@/audit/statistics/statisticsSearch';
import { workplacesOf } from '@/shared/session';
import { readDecision } from '@/design/decisions/decisionSearch';
import { readDraftForm } from '@/design/draftForms/draftFormSearch';
import { readDeployedForm } from '@/design/forms/formPreview';
import { readHistory } from '@/design/history/historyState';
import { coach } from './coachRoutes';
import { ErrorPage } from './ErrorPage';
import { packageRoutes } from './packageRoutes';
import { root, shell } from './shellRoute';
import { SignInPage } from './SignInPage';
import { readSignIn } from './signInSearch';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readSignIn,
  component: SignInPage,
});

const accessibility = createRoute({
  getParentRoute: () => root,
  path: '/about/accessibility',
  component: lazyRouteComponent(() => import('./about/AccessibilityPage'), 'AccessibilityPage'),
});

const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    const [place = 'work'] = workplacesOf(context.session);
    throw redirect({ to: `/${place}`, replace: true });
  },
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
  validateSearch: readDeployedForm,
  component: lazyRouteComponent(() => import('@/design/forms/FormPage'), 'FormPage'),
});

const draft = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId',
  component: lazyRouteComponent(() => import('@/design/draft/DraftPage'), 'DraftPage'),
});

const draftForms = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/forms',
  component: lazyRouteComponent(() => import('@/design/draftForms/DraftFormsPage'), 'DraftFormsPage'),
});

const draftForm = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/forms/$formKey',
  validateSearch: readDraftForm,
  component: lazyRouteComponent(() => import('@/design/draftForms/DraftFormPage'), 'DraftFormPage'),
});

const draftHistory = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/history',
  validateSearch: readHistory,
  component: lazyRouteComponent(() => import('@/design/history/HistoryPage'), 'HistoryPage'),
});

const newProcess = createRoute({
  getParentRoute: () => shell,
  path: '/design/new',
  component: lazyRouteComponent(() => import('@/design/create/NewProcessPage'), 'NewProcessPage'),
});

const decisions = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/decisions',
  component: lazyRouteComponent(() => import('@/design/decisions/DecisionsPage'), 'DecisionsPage'),
});

const decision = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/decisions/$file',
  validateSearch: readDecision,
  component: lazyRouteComponent(() => import('@/design/decisions/DecisionPage'), 'DecisionPage'),
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
  validateSearch: readDossierPart,
  component: lazyRouteComponent(() => import('@/audit/dossier/DossierPage'), 'DossierPage'),
});

const incidents = createRoute({
  getParentRoute: () => shell,
  path: '/audit/incidents',
  validateSearch: readIncidentFilter,
  component: lazyRouteComponent(() => import('@/audit/IncidentsPage'), 'IncidentsPage'),
});

const statistics = createRoute({
  getParentRoute: () => shell,
  path: '/audit/statistics',
  validateSearch: readStatisticsSearch,
  component: lazyRouteComponent(() => import('@/audit/statistics/StatisticsPage'), 'StatisticsPage'),
});

const incident = createRoute({
  getParentRoute: () => shell,
  path: '/audit/incidents/$incidentId',
  component: lazyRouteComponent(() => import('@/audit/incidents/IncidentPage'), 'IncidentPage'),
});

const routes = root.addChildren([
  signIn,
  accessibility,
  shell.addChildren([
    start,
    coach,
    design,
    draft,
    draftForms,
    draftForm,
    draftHistory,
    newProcess,
    ...packageRoutes,
    decisions,
    decision,
    forms,
    form,
    audit,
    auditCase,
    dossier,
    statistics,
    incidents,
    incident,
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultErrorComponent: ErrorPage,
    defaultPreload: 'intent',
    scrollRestoration: true,
    // A list that is come back to, by a link too, stands where it was left.
    getScrollRestorationKey: ({ pathname, href, state }) =>
      pathname === '/work/tasks' ? href : (state.__TSR_key ?? href),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
