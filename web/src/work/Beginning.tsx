import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { formQuery } from './cases';
import { formDraftQuery, type FormPlace } from './drafting/formDraft';
import { HowItGoes } from './sending/HowItGoes';
import { useDoing } from './sending/useDoing';
import { StartForm, useBeginning } from './StartForm';

type Definition = components['schemas']['DefinitionView'];
interface Props {
  process: Definition;
  unit: string;
}

/** What it takes to begin a case of the process: its form, or only a button. */
export function Beginning({ process, unit }: Props) {
  return process.startForm === null ? (
    <WithoutForm process={process} unit={unit} />
  ) : (
    <WithForm process={process} unit={unit} formKey={process.startForm} />
  );
}

function WithForm({ process, unit, formKey }: Props & { formKey: string }) {
  const place: FormPlace = { kind: 'start', key: process.key };
  const form = useQuery(formQuery(formKey));
  const draft = useQuery(formDraftQuery(place));
  const error = form.error ?? draft.error;
  if (error)
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void form.refetch();
          void draft.refetch();
        }}
      />
    );
  if (!form.data || draft.data === undefined) return <Loading />;
  const opened = { place, form: form.data.form, version: form.data.version, kept: draft.data };
  return <StartForm key={draft.dataUpdatedAt} opened={opened} process={process.key} unit={unit} />;
}

function WithoutForm({ process, unit }: Props) {
  const { t } = useTranslation('work');
  const begin = useBeginning();
  const doing = useDoing(`start ${process.key}`);
  const body = { process: process.key, unit };
  return (
    <div>
      <HowItGoes doing={doing} />
      <Button
        look="primary"
        busy={doing.busy}
        onClick={() => void doing.run({ body, request: (key) => begin.request(body, key), onAnswer: begin.onBegun })}
      >
        {t('start.begin')}
      </Button>
    </div>
  );
}
