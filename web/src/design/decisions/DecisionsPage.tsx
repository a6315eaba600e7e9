import '../draft/texts';
import './texts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { showWrong } from '@/shared/ui/showWrong';
import { TextField } from '@/shared/ui/TextField';
import { DraftNav } from '../draft/DraftNav';
import { nameOf } from '../draft/nameOf';
import { useFreshDraft } from '../draft/useDraftFiles';
import { addFiles, type WholeDraft } from '../drafts';
import { decisionFiles, KEY, newDecision, pathOf } from './decisionFiles';
import styles from './Decisions.module.css';
import { decisionsIn } from './dmnXml';

const route = getRouteApi('/shell/design/drafts/$draftId/decisions');

/** The decisions that a process of a draft asks. */
export function DecisionsPage() {
  const { draftId } = route.useParams();
  const { t } = useTranslation('decisions');
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  const names = decisionFiles(whole.files);
  return (
    <div className={styles.page}>
      <PageTitle>{t('title', { name: nameOf(whole) })}</PageTitle>
      <DraftNav draftId={draftId} />
      <p>{t('intro')}</p>
      {names.length === 0 && <p>{t('none')}</p>}
      {names.length > 0 && (
        <ul className={styles.list}>
          {names.map((name) => {
            const decisions = decisionsIn(whole.files[pathOf(name)] ?? '');
            return (
              <li key={name}>
                <Link
                  to="/design/drafts/$draftId/decisions/$file"
                  params={{ draftId, file: name }}
                  search={{}}
                  data-content
                >
                  {decisions?.at(-1)?.name ?? name}
                </Link>
                <code>{name}</code>
                {!decisions && <span>{t('unreadable')}</span>}
              </li>
            );
          })}
        </ul>
      )}
      <NewDecision whole={whole} />
    </div>
  );
}

function NewDecision({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('decisions');
  const navigate = useNavigate();
  const [file, setFile] = useState('');
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isTaken = decisionFiles(whole.files).includes(file);
  const keyError = !KEY.test(file) ? t('keyBad') : isTaken ? t('keyTaken') : '';
  const create = useMutation({
    mutationFn: () => addFiles(whole, { [pathOf(file)]: newDecision(file, name.trim()) }),
    onSuccess: () =>
      navigate({
        to: '/design/drafts/$draftId/decisions/$file',
        params: { draftId: whole.draft.id, file },
        search: {},
      }),
  });
  return (
    <details className={styles.panel}>
      <summary>{t('new')}</summary>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          showWrong(event.currentTarget, () => {
            setAsked(true);
          });
          if (!keyError && name.trim()) create.mutate();
        }}
      >
        <TextField
          label={t('name')}
          error={isAsked && !name.trim() ? t('nameMissing') : ''}
          value={name}
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <TextField
          label={t('key')}
          hint={t('keyHint')}
          error={isAsked ? keyError : ''}
          value={file}
          autoComplete="off"
          onChange={(event) => {
            setFile(event.target.value);
          }}
        />
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
