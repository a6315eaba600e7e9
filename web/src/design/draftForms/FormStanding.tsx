import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import type { WholeDraft } from '../drafts';
import { formsQuery } from '../forms/forms';
import { definitionsQuery } from '../packages';
import styles from './DraftForms.module.css';
import { takeForm } from './takeForm';

interface Props {
  whole: WholeDraft;
  formKey: string;
  revision: number;
  onReplaced: () => void;
}

/** Which version the form is made from, who else uses it, and what to do when somebody deployed another meanwhile. */
export function FormStanding({ whole, formKey, revision, onReplaced }: Props) {
  const { t } = useTranslation('draftForms');
  const { data: forms } = useQuery(formsQuery);
  const { data: definitions } = useQuery(definitionsQuery);
  const base = whole.draft.forms[formKey];
  const live = forms?.find((form) => form.key === formKey)?.version;
  const names = definitions
    ?.filter((one) => one.key !== whole.draft.key && one.forms.includes(formKey))
    .map((one) => (currentLanguage() === 'en' ? one.nameEn : one.name));
  const take = useMutation({
    mutationFn: (keepOwn: boolean) => takeForm(whole.draft.id, revision, formKey, keepOwn),
    onSuccess: onReplaced,
  });
  return (
    <>
      <p>{base ? t('basedOn', { version: base }) : t('isNew')}</p>
      {names && names.length > 0 && <p data-content>{t('usedBy', { names: names.join(', ') })}</p>}
      {live !== undefined && live !== base && (
        <Notice tone="warning">
          <p>{base ? t('overtaken', { version: live, base }) : t('overtakenNew', { version: live })}</p>
          <div className={styles.row}>
            <Button
              busy={take.isPending}
              onClick={() => {
                take.mutate(true);
              }}
            >
              {t('keepMine', { version: live })}
            </Button>
            <Button
              look="danger"
              busy={take.isPending}
              onClick={() => {
                take.mutate(false);
              }}
            >
              {t('takeTheirs', { version: live })}
            </Button>
          </div>
          {take.error && <ProblemNotice error={take.error} />}
        </Notice>
      )}
    </>
  );
}
