import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { momentOf } from '@/shared/time';
import { type Draft, isOvertaken, keepCopy, readDraft, saveFiles, type WholeDraft } from '../drafts';
import { FileDifferences } from './FileDifferences';
import styles from './DraftPage.module.css';
import { type Files, forgetLocal, isSame } from './saver';

interface Props {
  draft: Draft;
  title: string;
  about: string;
  what: string;
  /** The files as one wrote them. */
  mine: Files;
  /** The same when one has chosen, where one may have written on, and the revision that they may go on from. */
  now?: (() => Promise<Standing>) | undefined;
  /** What the server has. */
  theirs: WholeDraft;
  onReopen?: ((whole: WholeDraft) => void) | undefined;
}

export interface Standing {
  files: Files;
  revision: number;
}

type Choice = 'copy' | 'mine' | 'theirs';

/** Somebody has saved the same files once more, which nobody has seen here yet. */
class SavedAgain extends Error {
  constructor(readonly whole: WholeDraft) {
    super('saved again');
  }
}

/** Saves files over what was seen of them, whatever others have saved beside them; not over what was not seen. */
async function saveOver(seen: WholeDraft, revision: number, files: Files): Promise<void> {
  try {
    await saveFiles(seen.draft.id, revision, files, true);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    const there = await readDraft(seen.draft.id);
    const same = Object.fromEntries(Object.keys(files).map((path) => [path, seen.files[path] ?? null]));
    if (!isSame(same, there.files)) throw new SavedAgain(there);
    await saveFiles(seen.draft.id, there.draft.revision, files, true);
  }
}

/** Two states of one draft: what differs between them, and which of them one goes on with. None is lost unasked. */
export function TwoStates({ draft, what, title, about, mine, now, theirs, onReopen }: Props) {
  const { t } = useTranslation('draft');
  const user = useSession().userId;
  const [isShown, setShown] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [newer, setNewer] = useState<WholeDraft>();
  const seen = newer ?? theirs;
  const choose = useMutation({
    mutationFn: async (choice: Choice) => {
      const standing = (await now?.()) ?? { files: mine, revision: seen.draft.revision };
      const { files } = standing;
      if (choice === 'copy') await keepCopy(draft.id, files);
      if (choice === 'mine') await saveOver(seen, newer?.draft.revision ?? standing.revision, files);
      return readDraft(draft.id);
    },
    onError: (error) => {
      if (error instanceof SavedAgain) setNewer(error.whole);
    },
    onSuccess: (whole) => {
      forgetLocal(user, draft, what);
      if (onReopen) onReopen(whole);
      else globalThis.location.reload();
    },
  });
  return (
    <div className={styles.states}>
      <Notice tone="error" title={title}>
        <p>{about}</p>
        <div className={styles.row}>
          {(['copy', 'mine', 'theirs'] as const).map((choice) => (
            <Button
              key={choice}
              look={choice === 'copy' ? 'primary' : choice === 'theirs' ? 'danger' : 'secondary'}
              busy={choose.isPending}
              onClick={() => {
                if (choice === 'theirs') setAsked(true);
                else choose.mutate(choice);
              }}
            >
              {t(choice === 'theirs' ? 'states.theirsAsk' : `states.${choice}`)}
            </Button>
          ))}
          <Button
            look="plain"
            aria-expanded={isShown}
            onClick={() => {
              setShown(!isShown);
            }}
          >
            {t('states.show')}
          </Button>
        </div>
      </Notice>
      {isShown && <FileDifferences before={seen.files} after={mine} label={t('states.differences')} />}
      {choose.error instanceof SavedAgain ? (
        <Notice tone="warning">
          {t('states.again', { name: seen.draft.savedBy.name, moment: momentOf(seen.draft.savedAt) })}
        </Notice>
      ) : (
        choose.error && !isAsked && <ProblemNotice error={choose.error} />
      )}
      {isAsked && (
        <ConfirmDialog
          title={t('states.sure')}
          action={t('states.theirs')}
          cancel={t('states.keep')}
          busy={choose.isPending}
          onConfirm={() => {
            choose.mutate('theirs');
          }}
          onCancel={() => {
            setAsked(false);
          }}
        >
          <p>{t('states.why')}</p>
          {choose.error && <ProblemNotice error={choose.error} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
