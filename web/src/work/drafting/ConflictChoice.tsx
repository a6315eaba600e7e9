import './texts';
import { useTranslation } from 'react-i18next';
import type { FormDefinition } from '@/shared/form/CaseForm';
import type { Choice } from '@/shared/form/compare/differences';
import { SideBySide } from '@/shared/form/compare/SideBySide';
import { clockOf, momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import type { Meeting } from './useCompletion';

interface Props {
  form: FormDefinition;
  meeting: Meeting;
  busy: boolean;
  onChosen: (choices: readonly Choice[]) => void;
  onBack: () => void;
}

/** Two people changed the same answers: field by field, what shall hold. */
export function ConflictChoice({ form, meeting, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation('drafting');
  const { by, at, differences } = meeting;
  const isKnown = by !== '' && at !== undefined;
  return (
    <>
      <SideBySide
        key={JSON.stringify(meeting.decided)}
        id="conflict"
        form={form}
        title={t('conflict.title')}
        why={isKnown ? t('conflict.why', { name: by, when: momentOf(at) }) : t('conflict.whyNobody')}
        differences={differences}
        mine={t('conflict.mine')}
        theirs={isKnown ? t('conflict.theirs', { name: by, time: clockOf(at) }) : t('conflict.theirsNobody')}
        submit={t('conflict.go')}
        busy={busy}
        onChosen={onChosen}
      />
      <p>
        <Button look="plain" onClick={onBack}>
          {t('conflict.back')}
        </Button>
      </p>
    </>
  );
}
