import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { saveFiles } from '../drafts';
import type { Saver } from './saver';

interface Props {
  what: 'form' | 'decision' | 'scenario';
  /** What it is called. */
  name: string;
  draftId: string;
  /** The paths of its files. */
  paths: readonly string[];
  saver: Saver;
  /** Called when the files are gone. */
  onRemoved: () => void;
  /** How they are taken away where not by leaving them. */
  remove?: () => void;
}

/** Takes a form, a decision or a scenario out of the draft, once that is meant. The history keeps it. */
export function RemoveFiles({ what, name, draftId, paths, saver, onRemoved, remove: take }: Props) {
  const { t } = useTranslation('draft');
  const [isAsked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      if (!(await saver.flush())) throw new TypeError('not saved');
      if (take) take();
      else {
        await saveFiles(draftId, saver.kept().revision, Object.fromEntries(paths.map((path) => [path, null])), true);
        saver.stop();
      }
    },
    onSuccess: () => {
      setAsked(false);
      onRemoved();
    },
  });
  return (
    <div>
      <Button
        look="danger"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t(`removing.${what}`)}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t('removing.sure', { name })}
          action={t('removing.now')}
          cancel={t('removing.keep')}
          busy={remove.isPending}
          onConfirm={() => {
            remove.mutate();
          }}
          onCancel={() => {
            setAsked(false);
          }}
        >
          <p>{t('removing.why')}</p>
          {remove.error && <ProblemNotice error={remove.error} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
