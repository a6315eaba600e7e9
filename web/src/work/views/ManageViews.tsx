import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import { useTooLong } from '@/shared/ui/tooLong';
import { changeView, forgetView, savedViewsQuery, type SavedView } from './savedViews';
import styles from './SavedViews.module.css';
import { LONGEST_NAME } from './SaveView';

interface Props {
  views: readonly SavedView[];
  /** What has been done, to be told. */
  onSaid: (news: string) => void;
}

/** Renaming and forgetting views, and choosing the one to begin with. */
export function ManageViews({ views, onSaid }: Props) {
  return (
    <ul className={styles.manage}>
      {views.map((view) => (
        <ManagedView key={view.id} view={view} onSaid={onSaid} />
      ))}
    </ul>
  );
}

function ManagedView({ view, onSaid }: { view: SavedView; onSaid: (news: string) => void }) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const [name, setName] = useState(view.name);
  const tooLong = useTooLong(name, LONGEST_NAME);
  const onDone = async (said: string) => {
    await queries.invalidateQueries(savedViewsQuery);
    onSaid(said);
  };
  const rename = useMutation({
    mutationFn: () => changeView(view.id, { name }),
    onSuccess: (changed) => onDone(t('views.renamed', { name: changed.name })),
  });
  const start = useMutation({
    mutationFn: (isStart: boolean) => changeView(view.id, { isStart }),
    onSuccess: ({ isStart }) => onDone(t(isStart ? 'views.isStart' : 'views.isNoStart', { name: view.name })),
  });
  const forget = useMutation({
    mutationFn: () => forgetView(view.id),
    onSuccess: () => onDone(t('views.forgotten', { name: view.name })),
  });
  const error = start.error ?? forget.error ?? rename.error;
  const isTaken = error instanceof ApiProblem && error.code === 'conflict';
  return (
    <li className={styles.managed}>
      {error && !isTaken && <ProblemNotice error={error} />}
      <form
        className={styles.rename}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && name !== view.name && !tooLong) rename.mutate();
        }}
      >
        <TextField
          label={t('views.nameOf', { name: view.name })}
          {...(isTaken && { error: t('views.nameTaken') })}
          {...(tooLong && { error: tooLong })}
          value={name}
          autoComplete="off"
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        {name !== view.name && (
          <Button type="submit" busy={rename.isPending}>
            {t('views.rename')}
          </Button>
        )}
      </form>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={view.isStart}
          onChange={({ target }) => {
            start.mutate(target.checked);
          }}
        />
        {t('views.start')}
      </label>
      <Button
        look="plain"
        busy={forget.isPending}
        aria-label={t('views.forgetNamed', { name: view.name })}
        onClick={() => {
          forget.mutate();
        }}
      >
        {t('views.forget')}
      </Button>
    </li>
  );
}
