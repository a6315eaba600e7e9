import { Component, type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSlowly } from '@/shared/useSlowly';
import { Notice } from '@/shared/ui/Notice';
import type { Texts } from '../draft/useDraftFiles';
import type { FormPreview } from '../forms/formPreview';
import { PreviewChoices, Previews } from '../forms/Previews';
import styles from './DraftForms.module.css';
import { type FormRead, readForm } from './formFiles';

interface Props {
  files: Texts;
  formKey: string;
  preview: FormPreview;
  onChoose: (change: Record<string, string | undefined>) => void;
}

/** The form as its files have it now; while one of them cannot be read, as it was before. */
export function LivePreview({ files, formKey, preview, onChoose }: Props) {
  const { t } = useTranslation('draftForms');
  const settled = useDeferredValue(useSlowly(files, 250));
  const read = useMemo(() => readForm(settled, formKey), [settled, formKey]);
  const [last, setLast] = useState<FormRead | undefined>(read);
  if (read && read !== last) setLast(read);
  const shown = read ?? last;
  return (
    <section aria-labelledby="preview" className={styles.page}>
      <h2 id="preview">{t('preview')}</h2>
      <div role="status">{!read && <Notice tone="warning">{t(shown ? 'stale' : 'never')}</Notice>}</div>
      {shown && (
        <>
          <PreviewChoices examples={Object.keys(shown.examples)} preview={preview} onChoose={onChoose} />
          <Standing key={JSON.stringify(shown.form)} fallback={<Notice tone="warning">{t('crashed')}</Notice>}>
            <Previews key={preview.sample ?? ''} form={shown.form} examples={shown.examples} preview={preview} />
          </Standing>
        </>
      )}
    </section>
  );
}

/** A form that is half written may be one that cannot be drawn: then that is said instead. */
class Standing extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFallen: boolean }> {
  override state = { hasFallen: false };

  static getDerivedStateFromError() {
    return { hasFallen: true };
  }

  override render() {
    return this.state.hasFallen ? this.props.fallback : this.props.children;
  }
}
