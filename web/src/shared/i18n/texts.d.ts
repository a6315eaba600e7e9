import 'i18next';
import type shared from './sv.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: { shared: typeof shared };
  }
}
