import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import type { WholeDraft } from '../drafts';
import type { Left, Saver } from './saver';
import { type Standing, TwoStates } from './TwoStates';

interface Props {
  left: Left;
  whole: WholeDraft;
  /** As the saver was told. */
  what: string;
  /** What is written on the page meanwhile. */
  saver?: Saver | undefined;
  onReopen?: (whole: WholeDraft) => void;
}

/** What one drew on this device and the server never got, and which others have saved past since. */
export function OlderCopy({ left, whole, what, saver, onReopen }: Props) {
  const { t } = useTranslation('draft');
  return (
    <TwoStates
      draft={whole.draft}
      what={what}
      title={t('states.olderTitle', { moment: momentOf(left.at) })}
      about={t('states.older', { name: whole.draft.savedBy.name, moment: momentOf(whole.draft.savedAt) })}
      mine={left.files}
      now={saver && (() => standing(saver, left))}
      theirs={whole}
      onReopen={onReopen}
    />
  );
}

/** What one has written since is saved first, so that it is in the history. */
async function standing(saver: Saver, left: Left): Promise<Standing> {
  await saver.flush();
  return { files: left.files, revision: saver.kept().revision };
}
