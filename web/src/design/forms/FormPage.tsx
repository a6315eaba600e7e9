import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '@/shared/form/rules/schema';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { FormPreviewFrame } from './FormPreviewFrame';
import { readFormPreview, type FormPreview } from './formPreview';
import { formQuery, type FormVersion } from './forms';
import styles from './FormPage.module.css';

const route = getRouteApi('/shell/design/forms/$formKey');

/** A form as people will see it, in both languages, wide and narrow, empty or filled in with one of its examples. */
export function FormPage() {
  const { formKey } = route.useParams();
  const { t } = useTranslation('forms');
  const { data, error, isPending, refetch } = useQuery(formQuery(formKey));
  const preview = route.useSearch();
  if (isPending) return <Loading />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const title = data.form.texts[currentLanguage()].title;
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design/forms" className={styles.back}>
          {t('back')}
        </Link>
      </p>
      <PageTitle>{typeof title === 'string' ? title : formKey}</PageTitle>
      <Choices version={data} preview={preview} />
      <Previews key={preview.sample ?? ''} version={data} preview={preview} />
    </div>
  );
}

function Previews({ version, preview }: { version: FormVersion; preview: FormPreview }) {
  const [values, setValues] = useState<JsonObject>((version.examples[preview.sample ?? ''] ?? {}) as JsonObject);
  const languages = preview.language ? [preview.language] : (['sv', 'en'] as const);
  return (
    <div className={styles.previews}>
      {languages.map((language) => (
        <FormPreviewFrame
          key={language}
          form={version.form}
          language={language}
          isNarrow={preview.width === 'phone'}
          values={values}
          onChange={setValues}
        />
      ))}
    </div>
  );
}

function Choices({ version, preview }: { version: FormVersion; preview: FormPreview }) {
  const { t } = useTranslation('forms');
  const navigate = route.useNavigate();
  function choose(change: Record<string, string | undefined>): void {
    void navigate({ search: (before) => readFormPreview({ ...before, ...change }), replace: true });
  }
  return (
    <div className={styles.choices}>
      <Select
        label={t('sample')}
        value={preview.sample ?? ''}
        choices={[
          { value: '', text: t('empty') },
          ...Object.keys(version.examples).map((name) => ({ value: name, text: name })),
        ]}
        onChoose={(sample) => {
          choose({ sample });
        }}
      />
      <Select
        label={t('languages')}
        value={preview.language ?? ''}
        choices={[
          { value: '', text: t('both') },
          { value: 'sv', text: t('sv') },
          { value: 'en', text: t('en') },
        ]}
        onChoose={(language) => {
          choose({ language });
        }}
      />
      <Select
        label={t('width')}
        value={preview.width ?? ''}
        choices={[
          { value: '', text: t('desktop') },
          { value: 'phone', text: t('phone') },
        ]}
        onChoose={(width) => {
          choose({ width });
        }}
      />
    </div>
  );
}
