import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { FileDifferences } from '../draft/FileDifferences';
import { DIAGRAM, type DraftSave, saveFiles, savedQuery, type WholeDraft } from '../drafts';
import styles from './history.module.css';

/** The draft as it was: its diagram, what is other now, and the way back to it. The present stays in the history. */
export function SavedState({ present, save }: { present: WholeDraft; save: DraftSave }) {
  const { t } = useTranslation('draft');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { draft } = present;
  const { data, error } = useQuery(savedQuery(draft.id, save.revision));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const goBack = useMutation({
    mutationFn: (whole: WholeDraft) => saveFiles(draft.id, draft.revision, onlyThose(whole.files, present.files), true),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['design'] });
      await navigate({ to: '/design/drafts/$draftId', params: { draftId: draft.id } });
    },
  });
  const moment = momentOf(save.at);
  if (error) return <ProblemNotice error={error} />;
  return (
    <section className={styles.state} aria-labelledby="state">
      <h2 id="state" tabIndex={-1} ref={heading}>
        {t('history.stateOf', { moment })}
      </h2>
      {!data && <Loading />}
      {data && (
        <>
          <DiagramViewer xml={data.files[DIAGRAM] ?? ''} label={t('history.diagram', { moment })} />
          <h3>{t('history.differs')}</h3>
          <FileDifferences
            before={data.files}
            after={onlyThose(present.files, data.files)}
            label={t('history.differs')}
          />
          <p>{t('history.stays')}</p>
          <div className={styles.row}>
            <Button
              look="primary"
              busy={goBack.isPending}
              onClick={() => {
                goBack.mutate(data);
              }}
            >
              {t('history.goBack')}
            </Button>
            <Button
              onClick={() => {
                void navigate({ to: '/design/drafts/$draftId/history', params: { draftId: draft.id }, search: {} });
              }}
            >
              {t('history.close')}
            </Button>
          </div>
          {goBack.error && <ProblemNotice error={goBack.error} />}
        </>
      )}
    </section>
  );
}

/** These files, and those of another state that they have not, as gone. */
function onlyThose(
  files: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return { ...Object.fromEntries(Object.keys(other).map((name) => [name, null])), ...files };
}
