import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { useSession } from '@/shared/session';
import type { Draft } from './drafts';
import { forgetLocal, type Saver } from './saver';

/** Where what was drawn is kept; and the choice when somebody else has saved the same draft. */
export function SaveStatus({ saver, draft }: { saver: Saver; draft: Draft }) {
  const { t } = useTranslation('design');
  const user = useSession().userId;
  const { state, savedAt } = useSyncExternalStore(saver.subscribe, saver.kept);
  if (state === 'conflict')
    return (
      <Notice tone="error" title={t('save.conflictTitle')}>
        <p>{t('save.conflict')}</p>
        <Button
          onClick={() => {
            forgetLocal(user, draft);
            globalThis.location.reload();
          }}
        >
          {t('save.takeTheirs')}
        </Button>
      </Notice>
    );
  return <p role="status">{state === 'saved' ? t('save.saved', { clock: clockOf(savedAt) }) : t(`save.${state}`)}</p>;
}
