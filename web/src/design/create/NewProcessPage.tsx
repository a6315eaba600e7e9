import '../draft/texts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { TextField } from '@/shared/ui/TextField';
import { createDraft } from '../drafts';
import { formsQuery } from '../forms/forms';
import styles from './NewProcessPage.module.css';

const FIELDS = ['name', 'nameEn', 'key'] as const;
type Field = (typeof FIELDS)[number];

/** A new process: what it is called, and a draft of it with a start, one step and an end. */
export function NewProcessPage() {
  const { t } = useTranslation('draft');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: forms = [] } = useQuery(formsQuery);
  const [typed, setTyped] = useState<Record<Field, string>>({ name: '', nameEn: '', key: '' });
  const [form, setForm] = useState('');
  const [isNameless, setNameless] = useState(false);
  const create = useMutation({
    mutationFn: () => createDraft({ ...typed, key: typed.key.trim(), form }),
    onSuccess: async ({ draft }) => {
      await queries.invalidateQueries({ queryKey: ['design', 'drafts'] });
      await navigate({ to: '/design/drafts/$draftId', params: { draftId: draft.id } });
    },
  });
  const wrong = create.error instanceof ApiProblem ? (create.error.document.problems ?? []) : [];
  const errorOf = (field: Field): string | undefined =>
    field === 'name' && isNameless ? t('create.nameMissing') : wrong.find((one) => one.path === `/${field}`)?.text;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const lacks = typed.name.trim() === '';
        setNameless(lacks);
        if (lacks) document.querySelector<HTMLElement>('[name=name]')?.focus();
        else create.mutate();
      }}
    >
      <PageTitle>{t('create.title')}</PageTitle>
      <p>{t('create.about')}</p>
      {create.error && <ProblemNotice error={create.error} />}
      {FIELDS.map((field) => {
        const error = errorOf(field);
        return (
          <TextField
            key={field}
            name={field}
            label={t(`create.${field}`)}
            autoComplete="off"
            maxLength={field === 'key' ? 100 : 200}
            value={typed[field]}
            {...(field === 'key' && { hint: t('create.keyHint'), spellCheck: false })}
            {...(error && { error })}
            onChange={(event) => {
              setTyped({ ...typed, ...suggested(field, event.target.value, typed) });
            }}
          />
        );
      })}
      <Select
        label={t('create.form')}
        value={form}
        choices={[{ value: '', text: t('create.noForm') }, ...forms.map((one) => ({ value: one.key, text: one.key }))]}
        onChoose={(key) => {
          setForm(key ?? '');
        }}
      />
      <div>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('create.now')}
        </Button>
      </div>
    </form>
  );
}

/** The key follows the name until somebody has written another. */
function suggested(field: Field, text: string, typed: Record<Field, string>): Partial<Record<Field, string>> {
  if (field !== 'name' || typed.key !== keyOf(typed.name)) return { [field]: text };
  return { name: text, key: keyOf(text) };
}

/** `Ny väg in` becomes `ny-vag-in`. */
function keyOf(name: string): string {
  const plain = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 100);
}
