import 'i18next';
import type about from './about/texts/sv.json';
import type audit from '../audit/texts/sv.json';
import type data from '../design/data/texts/sv.json';
import type decisions from '../design/decisions/texts/sv.json';
import type difference from '../design/difference/texts/sv.json';
import type draft from '../design/draft/texts/sv.json';
import type draftForms from '../design/draftForms/texts/sv.json';
import type exchange from '../design/exchange/texts/sv.json';
import type forms from '../design/forms/texts/sv.json';
import type packages from '../design/packages/texts/sv.json';
import type scenarios from '../design/scenarios/texts/sv.json';
import type design from '../design/texts/sv.json';
import type caseTexts from '../work/case/texts/sv.json';
import type drafting from '../work/drafting/texts/sv.json';
import type work from '../work/texts/sv.json';
import type shared from '../shared/i18n/sv.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: {
      shared: typeof shared;
      about: typeof about;
      work: typeof work;
      case: typeof caseTexts;
      drafting: typeof drafting;
      audit: typeof audit;
      design: typeof design;
      data: typeof data;
      decisions: typeof decisions;
      difference: typeof difference;
      draft: typeof draft;
      draftForms: typeof draftForms;
      exchange: typeof exchange;
      forms: typeof forms;
      packages: typeof packages;
      scenarios: typeof scenarios;
    };
  }
}
