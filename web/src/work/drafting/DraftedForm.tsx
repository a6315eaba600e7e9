import './texts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseForm, type FormDefinition } from '@/shared/form/CaseForm';
import { isEmpty } from '@/shared/form/compare/differences';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DraftChoice } from './DraftChoice';
import { DraftStatus } from './DraftStatus';
import { Emptying } from './Emptying';
import styles from './DraftedForm.module.css';
import type { useFormDraft } from './useFormDraft';

interface Props {
  id: string;
  form: FormDefinition;
  filling: ReturnType<typeof useFormDraft>;
  /** Beside the button that sends. */
  beside?: ReactNode;
}

/** A form that belongs to no task, with where what is typed lies, and a way to empty it. */
export function DraftedForm({ id, form, filling, beside }: Props) {
  const { t } = useTranslation('drafting');
  const { draft, values, gone, isOtherVersion, change, submit, busy, isSilent, failure } = filling;
  if (draft.other) return <DraftChoice form={form} draft={draft} other={draft.other} />;
  return (
    <div className={styles.form}>
      {failure !== undefined && <ProblemNotice error={failure} />}
      <div role="status" className={styles.news}>
        {isOtherVersion && (
          <Notice tone="warning" title={t('version.title')}>
            <p>{t('version.why')}</p>
            {!isEmpty(gone) && <Gone values={gone} />}
          </Notice>
        )}
      </div>
      <CaseForm
        id={id}
        form={form}
        values={values}
        onChange={change}
        onSubmit={submit}
        busy={busy}
        beside={
          <>
            {beside}
            <DraftStatus draft={draft} isSending={isSilent} />
          </>
        }
      />
      {draft.kept.where !== 'nowhere' && !isSilent && <Emptying onEmpty={filling.drop} />}
    </div>
  );
}

function Gone({ values }: { values: JsonObject }) {
  const { t } = useTranslation('drafting');
  return (
    <>
      <p>{t('version.left')}</p>
      <ul className={styles.gone} data-content>
        {Object.entries(values).map(([name, value]) => (
          <li key={name}>{isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)}</li>
        ))}
      </ul>
    </>
  );
}
