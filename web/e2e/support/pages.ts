/** Every page of the app, as the gallery shows it and as each change looks through it. */
import { expect, type Page } from '@playwright/test';
import { Api } from './api.ts';

interface Place {
  /** What its pictures are called. */
  name: string;
  /** What one sees, in a few words. */
  about: string;
  /** Its route, as the files of src/app write it. */
  route: string;
  /** Its address in this installation, where that is not the route itself. */
  at?: (api: Api) => Promise<string> | string;
  /** What must stand there before it is looked at, beside the heading: a page that came up empty has it not. */
  shows: string;
}

export interface Shown extends Place {
  /** Who looks at it; nobody where one need not be signed in. */
  as: string | undefined;
}

const OPEN: Place[] = [
  { name: 'sign-in', about: 'Signing in', route: '/sign-in', shows: 'main form' },
  { name: 'accessibility', about: 'The accessibility statement', route: '/about/accessibility', shows: 'main h2' },
];

const task = async (api: Api) => `/work/tasks/${await api.firstTask()}`;
const ownCase = async (api: Api) => `/work/cases/${await api.longestCase()}`;
const COACH: Place[] = [
  { name: 'work-tasks', about: 'My tasks', route: '/work/tasks', shows: 'main li a' },
  { name: 'work-task', about: 'A task with its form', route: '/work/tasks/$taskId', at: task, shows: 'main form' },
  { name: 'work-cases', about: 'Finding cases', route: '/work/cases', shows: 'main li a' },
  { name: 'work-search', about: 'Searching', route: '/work/search', shows: 'main search input' },
  { name: 'work-case', about: 'A case', route: '/work/cases/$caseId', at: ownCase, shows: '.djs-element' },
];

const START: Place[] = [
  { name: 'work-start', about: 'Starting a case', route: '/work/start', shows: 'main a' },
  {
    name: 'work-new-entry',
    about: 'Adding a person to the register',
    route: '/work/registers/$registerKey/new',
    at: () => '/work/registers/persons/new',
    shows: 'main form',
  },
];

const version = (rest: string) => () => `/design/packages/intake/versions/1${rest}`;
const VERSION = '/design/packages/$processKey/versions/$version';
const draft = (rest: string) => async (api: Api) => `/design/drafts/${await api.draftOf('intake')}${rest}`;
const DRAFT = '/design/drafts/$draftId';
const form = async (api: Api) => `/design/drafts/${await api.draftWithForm('intake', 'register-contact')}/forms`;
const DESIGNER: Place[] = [
  { name: 'design-packages', about: 'Processes', route: '/design', shows: 'main h2' },
  { name: 'design-new', about: 'A new process', route: '/design/new', shows: 'main form' },
  { name: 'design-import', about: 'Taking in a process', route: '/design/import', shows: 'main input[type=file]' },
  {
    name: 'design-package',
    about: 'A process and its versions',
    route: '/design/packages/$processKey',
    at: () => '/design/packages/client-pathway',
    shows: 'main h2',
  },
  { name: 'design-version', about: 'A version', route: VERSION, at: version(''), shows: '.djs-element' },
  {
    name: 'design-version-scenarios',
    about: 'Scenarios of a version, with their coverage',
    route: `${VERSION}/scenarios`,
    at: version('/scenarios'),
    shows: 'main button',
  },
  {
    name: 'design-version-difference',
    about: 'What differs between versions',
    route: `${VERSION}/difference`,
    at: version('/difference'),
    shows: 'main h2',
  },
  {
    name: 'design-version-decision',
    about: 'A decision of a version, tried',
    route: `${VERSION}/decisions/$file`,
    at: version('/decisions/route'),
    shows: 'main table',
  },
  { name: 'design-forms', about: 'Forms', route: '/design/forms', shows: 'main a' },
  {
    name: 'design-form',
    about: 'A form as people will see it',
    route: '/design/forms/$formKey',
    at: () => '/design/forms/agree-mapping',
    shows: 'main form',
  },
  { name: 'design-draft', about: 'Drawing', route: DRAFT, at: draft(''), shows: '.djs-element' },
  {
    name: 'design-draft-forms',
    about: 'Forms of a draft',
    route: `${DRAFT}/forms`,
    at: draft('/forms'),
    shows: 'main section li',
  },
  {
    name: 'design-draft-form',
    about: 'Writing a form',
    route: `${DRAFT}/forms/$formKey`,
    at: async (api) => `${await form(api)}/register-contact`,
    shows: '[data-source-editor], .cm-editor',
  },
  {
    name: 'design-draft-decisions',
    about: 'Decisions of a draft',
    route: `${DRAFT}/decisions`,
    at: draft('/decisions'),
    shows: 'main li a',
  },
  {
    name: 'design-draft-decision',
    about: 'A decision table, tried on values',
    route: `${DRAFT}/decisions/$file`,
    at: draft('/decisions/route'),
    shows: 'main table',
  },
  {
    name: 'design-draft-data',
    about: 'What the cases of a draft remember',
    route: `${DRAFT}/data`,
    at: draft('/data'),
    shows: '[data-source-editor], .cm-editor',
  },
  {
    name: 'design-draft-scenarios',
    about: 'Scenarios of a draft',
    route: `${DRAFT}/scenarios`,
    at: draft('/scenarios'),
    shows: '[data-source-editor], .cm-editor',
  },
  {
    name: 'design-draft-difference',
    about: 'What a draft changes',
    route: `${DRAFT}/difference`,
    at: draft('/difference'),
    shows: 'main h2',
  },
  {
    name: 'design-draft-history',
    about: 'History of a draft',
    route: `${DRAFT}/history`,
    at: draft('/history'),
    shows: 'main ol li',
  },
];

const auditCase = async (api: Api) => `/audit/cases/${await api.longestCase()}`;
const dossier = async (api: Api) => `${await auditCase(api)}/dossier`;
const AUDITOR: Place[] = [
  { name: 'audit-cases', about: 'Finding cases, ended ones too', route: '/audit', shows: 'main li a' },
  { name: 'audit-case', about: 'What happened', route: '/audit/cases/$caseId', at: auditCase, shows: 'main li' },
  { name: 'audit-dossier', about: 'A dossier', route: '/audit/cases/$caseId/dossier', at: dossier, shows: 'main h2' },
  {
    name: 'audit-statistics',
    about: 'All cases of a process',
    route: '/audit/statistics',
    at: () => '/audit/statistics?process=client-pathway',
    shows: 'main table',
  },
];

const incident = async (api: Api) => `/audit/incidents/${await api.firstIncident()}`;
const HEAD: Place[] = [
  { name: 'audit-incidents', about: 'Cases that have stopped', route: '/audit/incidents', shows: 'main li a' },
  {
    name: 'audit-incident',
    about: 'Mending one',
    route: '/audit/incidents/$incidentId',
    at: incident,
    shows: 'main form',
  },
];

const by = (as: string | undefined, places: Place[]): Shown[] => places.map((place) => ({ ...place, as }));

export const PAGES: Shown[] = [
  ...by(undefined, OPEN),
  ...by('hedvig.holm', COACH),
  ...by('rut.disk', START),
  ...by('dora.ritare', DESIGNER),
  ...by('arvid.granskare', AUDITOR),
  ...by('ulla.udd', HEAD),
];

/** Goes there and waits until nothing is on its way any more. */
export async function open(page: Page, shown: Shown): Promise<void> {
  await page.goto(shown.at ? await shown.at(new Api(page)) : shown.route);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.locator(shown.shows).first().waitFor();
  await expect(page.locator('[data-loading]')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
}
