import 'i18next';
import type audit from '../audit/texts/sv.json';
import type forms from '../design/forms/texts/sv.json';
import type design from '../design/texts/sv.json';
import type work from '../work/texts/sv.json';
import type shared from '../shared/i18n/sv.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: {
      shared: typeof shared;
      work: typeof work;
      audit: typeof audit;
      design: typeof design;
      forms: typeof forms;
    };
  }
}
