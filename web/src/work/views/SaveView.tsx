import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import { useTooLong } from '@/shared/ui/tooLong';
import type { TaskFilter } from '../taskFilter';
import { savedViewsQuery, saveView } from './savedViews';
import styles from './SavedViews.module.css';

export const LONGEST_NAME = 80;

interface Props {
  filter: TaskFilter;
  onSaved: (name: string) => void;
  onCancel: () => void;
}

/** A name for what stands in the address. */
export function SaveView({ filter, onSaved, onCancel }: Props) {
  const { t } = useTranslation(['work', 'shared']);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const tooLong = useTooLong(name, LONGEST_NAME);
  const [isStart, setStart] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = () => form.current?.querySelector('input');
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  const save = useMutation({
    mutationFn: () => saveView(name, filter, isStart),
    onSuccess: async (view) => {
      await queries.invalidateQueries(savedViewsQuery);
      onSaved(view.name);
    },
    onError: () => {
      field()?.focus();
      // It may have been saved though no answer came.
      void queries.invalidateQueries(savedViewsQuery);
    },
  });
  const isTaken = save.error instanceof ApiProblem && save.error.code === 'conflict';
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (name.trim() && !tooLong) save.mutate();
        else field()?.focus();
      }}
    >
      {save.error && !isTaken && <ProblemNotice error={save.error} />}
      <TextField
        label={t('views.name')}
        hint={t('views.nameHint')}
        {...(isAsked && !name.trim() && { error: t('views.nameMissing') })}
        {...(isTaken && { error: t('views.nameTaken') })}
        {...(tooLong && { error: tooLong })}
        value={name}
        autoComplete="off"
        onChange={({ target }) => {
          setName(target.value);
          save.reset();
        }}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isStart}
          onChange={({ target }) => {
            setStart(target.checked);
          }}
        />
        {t('views.start')}
      </label>
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('views.saveNow')}
        </Button>
        <Button look="plain" onClick={onCancel}>
          {t('shared:action.cancel')}
        </Button>
      </div>
    </form>
  );
}
