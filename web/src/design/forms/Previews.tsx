import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDefinition } from '@/shared/form/CaseForm';
import type { JsonObject } from '@/shared/form/rules/schema';
import { Select } from '@/shared/ui/Select';
import { FormPreviewFrame } from './FormPreviewFrame';
import type { FormPreview } from './formPreview';
import styles from './FormPage.module.css';

interface Props {
  form: FormDefinition;
  examples: Record<string, JsonObject>;
  preview: FormPreview;
}

/** The form as people will see it, once for each language that is asked for; what is filled in shows in all. */
export function Previews({ form, examples, preview }: Props) {
  const [values, setValues] = useState<JsonObject>(examples[preview.sample ?? ''] ?? {});
  const languages = preview.language ? [preview.language] : (['sv', 'en'] as const);
  return (
    <div className={styles.previews}>
      {languages.map((language) => (
        <FormPreviewFrame
          key={language}
          form={form}
          language={language}
          isNarrow={preview.width === 'phone'}
          values={values}
          onChange={setValues}
        />
      ))}
    </div>
  );
}

interface ChoicesProps {
  examples: readonly string[];
  preview: FormPreview;
  onChoose: (change: Record<string, string | undefined>) => void;
}

/** With what, in which languages and how wide the form is shown. */
export function PreviewChoices({ examples, preview, onChoose }: ChoicesProps) {
  const { t } = useTranslation('forms');
  return (
    <div className={styles.choices}>
      <Select
        label={t('sample')}
        value={preview.sample ?? ''}
        choices={[{ value: '', text: t('empty') }, ...examples.map((name) => ({ value: name, text: name }))]}
        onChoose={(sample) => {
          onChoose({ sample });
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
          onChoose({ language });
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
          onChoose({ width });
        }}
      />
    </div>
  );
}
