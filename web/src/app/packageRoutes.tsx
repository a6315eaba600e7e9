/** The addresses of packages: their versions, how these differ, their data and scenarios, and the way in for zip files. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readDecision } from '@/design/decisions/decisionSearch';
import { readComparison } from '@/design/difference/comparison';
import { readImportInto } from '@/design/exchange/importInto';
import { shell } from './shellRoute';

const draftData = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/data',
  component: lazyRouteComponent(() => import('@/design/data/DataPage'), 'DataPage'),
});

const draftDifference = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/difference',
  validateSearch: readComparison,
  component: lazyRouteComponent(() => import('@/design/difference/DraftDifferencePage'), 'DraftDifferencePage'),
});

const draftScenarios = createRoute({
  getParentRoute: () => shell,
  path: '/design/drafts/$draftId/scenarios',
  component: lazyRouteComponent(() => import('@/design/scenarios/DraftScenariosPage'), 'DraftScenariosPage'),
});

const importPackage = createRoute({
  getParentRoute: () => shell,
  path: '/design/import',
  validateSearch: readImportInto,
  component: lazyRouteComponent(() => import('@/design/exchange/ImportPage'), 'ImportPage'),
});

const onePackage = createRoute({
  getParentRoute: () => shell,
  path: '/design/packages/$processKey',
  component: lazyRouteComponent(() => import('@/design/packages/PackagePage'), 'PackagePage'),
});

const version = createRoute({
  getParentRoute: () => shell,
  path: '/design/packages/$processKey/versions/$version',
  component: lazyRouteComponent(() => import('@/design/packages/VersionPage'), 'VersionPage'),
});

const versionDecision = createRoute({
  getParentRoute: () => shell,
  path: '/design/packages/$processKey/versions/$version/decisions/$file',
  validateSearch: readDecision,
  component: lazyRouteComponent(() => import('@/design/decisions/VersionDecisionPage'), 'VersionDecisionPage'),
});

const versionDifference = createRoute({
  getParentRoute: () => shell,
  path: '/design/packages/$processKey/versions/$version/difference',
  validateSearch: readComparison,
  component: lazyRouteComponent(() => import('@/design/difference/VersionDifferencePage'), 'VersionDifferencePage'),
});

const versionScenarios = createRoute({
  getParentRoute: () => shell,
  path: '/design/packages/$processKey/versions/$version/scenarios',
  component: lazyRouteComponent(() => import('@/design/scenarios/VersionScenariosPage'), 'VersionScenariosPage'),
});

export const packageRoutes = [
  draftData,
  draftDifference,
  draftScenarios,
  importPackage,
  onePackage,
  version,
  versionDecision,
  versionDifference,
  versionScenarios,
] as const;
