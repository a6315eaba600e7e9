import './texts';
import { useTranslation } from 'react-i18next';
import type { FormDefinition } from '@/shared/form/CaseForm';
import { differencesAt } from '@/shared/form/compare/differences';
import { ReadSideBySide } from '@/shared/form/compare/ReadSideBySide';
import { fieldKey } from '@/shared/form/rules/fields';
import { pathOf, type Json, type JsonObject } from '@/shared/form/rules/schema';
import { momentOf } from '@/shared/time';
import styles from './Meanwhile.module.css';
import type { Completed } from './useCompletion';

/** What others changed while the form was open, and what therefore holds. */
export function Meanwhile({ form, done }: { form: FormDefinition; done: Completed }) {
  const { t } = useTranslation('drafting');
  const { kept, keptBy, keptAt } = done;
  if (kept.length === 0) return null;
  const found = kept.flatMap(({ path, shown, value }) =>
    differencesAt(form.schema as JsonObject, fieldKey(pathOf(path, {})), shown as Json, value as Json),
  );
  return (
    <section className={styles.meanwhile} aria-labelledby="meanwhile">
      <h2 id="meanwhile">{t('meanwhile.title')}</h2>
      {keptBy && keptAt && <p data-content>{t('meanwhile.why', { name: keptBy, when: momentOf(keptAt) })}</p>}
      <ReadSideBySide form={form} differences={found} mine={t('meanwhile.before')} theirs={t('meanwhile.now')} />
    </section>
  );
}
