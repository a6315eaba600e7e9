import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { showWrong } from '@/shared/ui/showWrong';
import { TextField } from '@/shared/ui/TextField';
import { addFiles, type WholeDraft } from '../drafts';
import { formsQuery } from '../forms/forms';
import styles from './DraftForms.module.css';
import { formsIn, KEY, newForm } from './formFiles';

/** Makes a form with one question, to go on from. */
export function NewForm({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('draftForms');
  const navigate = useNavigate();
  const { data: deployed } = useQuery(formsQuery);
  const [formKey, setKey] = useState('');
  const [title, setTitle] = useState({ sv: '', en: '' });
  const [isAsked, setAsked] = useState(false);
  const isTaken = formsIn(whole.files).includes(formKey) || deployed?.some((form) => form.key === formKey);
  const keyError = !KEY.test(formKey) ? t('keyBad') : isTaken ? t('keyTaken') : '';
  const create = useMutation({
    mutationFn: () => addFiles(whole, newForm(formKey, title)),
    onSuccess: () =>
      navigate({
        to: '/design/drafts/$draftId/forms/$formKey',
        params: { draftId: whole.draft.id, formKey },
        search: {},
      }),
  });
  return (
    <details className={styles.panel}>
      <summary>{t('new')}</summary>
      <form
        className={styles.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          showWrong(event.currentTarget, () => {
            setAsked(true);
          });
          if (!keyError && title.sv.trim() && title.en.trim()) create.mutate();
        }}
      >
        <TextField
          label={t('key')}
          hint={t('keyHint')}
          error={isAsked ? keyError : ''}
          value={formKey}
          autoComplete="off"
          onChange={(event) => {
            setKey(event.target.value);
          }}
        />
        {(['sv', 'en'] as const).map((language) => (
          <TextField
            key={language}
            label={t(language === 'sv' ? 'nameSv' : 'nameEn')}
            error={isAsked && !title[language].trim() ? t('nameMissing') : ''}
            value={title[language]}
            autoComplete="off"
            onChange={(event) => {
              setTitle({ ...title, [language]: event.target.value });
            }}
          />
        ))}
        {create.error && <ProblemNotice error={create.error} />}
        <div>
          <Button type="submit" busy={create.isPending}>
            {t('create')}
          </Button>
        </div>
      </form>
    </details>
  );
}
