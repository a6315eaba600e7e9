import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DIAGRAM, type Draft, removeDraft } from '../drafts';
import styles from './DraftPage.module.css';
import { forgetLocal, type Saver } from './saver';

/** The end of a draft that is not wanted. Asked once more, since its history goes with it. */
export function ThrowAway({ draft, name, saver }: { draft: Draft; name: string; saver: Saver }) {
  const { t } = useTranslation('draft');
  const user = useSession().userId;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeDraft(draft.id),
    onSuccess: async () => {
      saver.end();
      forgetLocal(user, draft, DIAGRAM);
      await queries.invalidateQueries({ queryKey: ['design', 'drafts'] });
      // Where a new one is begun.
      await navigate(
        draft.basedOn === null
          ? { to: '/design' }
          : { to: '/design/packages/$processKey', params: { processKey: draft.key } },
      );
    },
  });
  return (
    <section className={styles.panel} aria-labelledby="throw-away">
      <h2 id="throw-away">{t('throwAway.title')}</h2>
      <p>{t('throwAway.about')}</p>
      <div>
        <Button
          look="danger"
          onClick={() => {
            setAsked(true);
          }}
        >
          {t('throwAway.ask')}
        </Button>
      </div>
      {isAsked && (
        <ConfirmDialog
          title={t('throwAway.sure', { name })}
          action={t('throwAway.now')}
          cancel={t('throwAway.keep')}
          busy={remove.isPending}
          onConfirm={() => {
            remove.mutate();
          }}
          onCancel={() => {
            setAsked(false);
          }}
        >
          <p>{t(draft.basedOn === null ? 'throwAway.never' : 'throwAway.why', { version: draft.basedOn })}</p>
          {remove.error && <ProblemNotice error={remove.error} />}
        </ConfirmDialog>
      )}
    </section>
  );
}
