import { useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { CaseForm, type FormDefinition } from '@/shared/form/CaseForm';
import type { JsonObject } from '@/shared/form/rules/schema';
import { i18n, type Language } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import styles from './FormPage.module.css';

interface Props {
  form: FormDefinition;
  language: Language;
  isNarrow: boolean;
  values: JsonObject;
  onChange: (values: JsonObject) => void;
}

/** One preview: everything in it is in its own language, whatever the page is in. */
export function FormPreviewFrame({ form, language, isNarrow, values, onChange }: Props) {
  const { t } = useTranslation('forms');
  const words = useMemo(() => i18n.cloneInstance({ lng: language }), [language]);
  const [sent, setSent] = useState<JsonObject>();
  return (
    <section className={[styles.frame, isNarrow ? styles.narrow : ''].join(' ')} lang={language}>
      <h2 lang={i18n.language}>{t(`preview.${language}`)}</h2>
      <I18nextProvider i18n={words}>
        <CaseForm
          id={`preview-${language}`}
          form={form}
          values={values}
          onChange={(next) => {
            setSent(undefined);
            onChange(next);
          }}
          onSubmit={(right) => {
            setSent(right);
            return Promise.resolve([]);
          }}
        />
      </I18nextProvider>
      {sent && (
        <div role="status" lang={i18n.language}>
          <Notice tone="good" title={t('right')}>
            <p>{t('rightWhat')}</p>
            <pre className={styles.saved}>{JSON.stringify(sent, undefined, 2)}</pre>
          </Notice>
        </div>
      )}
    </section>
  );
}
