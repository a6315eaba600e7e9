import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DifferenceSummary } from '../difference/DifferenceSummary';
import styles from './DraftPage.module.css';
import { deployDraft, type Draft, type Finding } from '../drafts';
import { definitionsQuery } from '../packages';
import type { Saver } from './saver';

interface Props {
  draft: Draft;
  saver: Saver;
  findings: readonly Finding[];
}

/** Makes the draft the version that new cases get, with a note; tells what it replaces and who goes on with the old one. */
export function DeployPanel({ draft, saver, findings }: Props) {
  const { t } = useTranslation('draft');
  const id = useId();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const { data: definitions } = useQuery(definitionsQuery);
  const live = definitions?.find((one) => one.key === draft.key);
  const errors = findings.filter((one) => one.severity === 'error').length;
  const deploy = useMutation({
    mutationFn: async () => {
      if (!(await saver.flush())) throw new TypeError('not saved');
      return deployDraft(draft.id, saver.kept().revision, note, live?.version ?? null);
    },
    onSuccess: (deployed) => {
      saver.moveTo(deployed.draft);
      void queries.invalidateQueries({ queryKey: ['design'] });
    },
  });
  return (
    <section className={styles.panel} aria-labelledby="deploy">
      <h2 id="deploy">{t('deploy.title')}</h2>
      {live ? (
        <p>{t('deploy.replaces', { version: live.version, count: live.openCases ?? 0 })}</p>
      ) : (
        <p>{t('deploy.first')}</p>
      )}
      {live && live.version !== draft.basedOn && !deploy.data && <p>{t('deploy.newer', { version: live.version })}</p>}
      {live && !deploy.data && <DifferenceSummary draftId={draft.id} revision={saver.kept().revision} />}
      {errors > 0 ? (
        <p>{t('deploy.errors', { count: errors })}</p>
      ) : (
        <>
          <div className={styles.field}>
            <label htmlFor={id}>{t('deploy.note')}</label>
            <textarea
              id={id}
              rows={3}
              maxLength={2000}
              value={note}
              onChange={(event) => {
                setNote(event.target.value);
              }}
            />
          </div>
          <div>
            <Button
              look="primary"
              busy={deploy.isPending || !definitions}
              onClick={() => {
                deploy.mutate();
              }}
            >
              {t('deploy.now')}
            </Button>
          </div>
        </>
      )}
      {deploy.error && <ProblemNotice error={deploy.error} />}
      <div role="status">
        {deploy.data && (
          <Notice tone="good">
            {t(deploy.data.isNew ? 'deploy.done' : 'deploy.same', { version: deploy.data.version })}
          </Notice>
        )}
      </div>
    </section>
  );
}
