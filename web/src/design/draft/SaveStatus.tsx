import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf, momentOf } from '@/shared/time';
import type { Draft, WholeDraft } from '../drafts';
import type { Saver } from './saver';
import { TwoStates } from './TwoStates';

interface Props {
  saver: Saver;
  draft: Draft;
  /** As the saver was told. */
  what: string;
  /** Called with the state that was chosen when somebody else had saved the same files; without it the page is read anew. */
  onReopen?: (whole: WholeDraft) => void;
}

const USUAL = ['saved', 'waiting', 'saving'];

/** Where what was written is kept, spoken only when it is not on the server; and the choice when somebody else has saved the same files. */
export function SaveStatus({ saver, draft, what, onReopen }: Props) {
  const { t } = useTranslation('draft');
  const { state, savedAt, conflict } = useSyncExternalStore(saver.subscribe, saver.kept);
  return (
    <>
      <p aria-live={USUAL.includes(state) ? 'off' : 'polite'}>
        {state === 'saved' ? t('save.saved', { clock: clockOf(savedAt) }) : t(`save.${state}`)}
      </p>
      {conflict && (
        <TwoStates
          draft={draft}
          what={what}
          title={t('states.conflictTitle', { name: conflict.theirs.draft.savedBy.name })}
          about={t('states.conflict', {
            name: conflict.theirs.draft.savedBy.name,
            moment: momentOf(conflict.theirs.draft.savedAt),
          })}
          mine={conflict.mine}
          now={async () => ({ files: await saver.mine(), revision: conflict.theirs.draft.revision })}
          theirs={conflict.theirs}
          onReopen={onReopen}
        />
      )}
    </>
  );
}
