import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { FormDefinition } from '@/shared/form/CaseForm';
import type { JsonObject } from '@/shared/form/rules/schema';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './CaseMessages.module.css';
import type { OfferedMessage } from './cases';
import { DraftedForm } from './drafting/DraftedForm';
import { formDraftQuery, type FormPlace } from './drafting/formDraft';
import { useFormDraft, type FormOpened } from './drafting/useFormDraft';
import { HowItGoes } from './sending/HowItGoes';
import { useDoing } from './sending/useDoing';

interface Props {
  message: OfferedMessage;
  caseId: string;
  onSent: () => void;
  onClose: () => void;
}

/** What a message to a case carries, from the first letter until the case has it. */
export function TellCase({ message, caseId, onSent, onClose }: Props) {
  const { t } = useTranslation('shared');
  const close = (
    <Button look="plain" onClick={onClose}>
      {t('action.cancel')}
    </Button>
  );
  const telling = useTelling(caseId, message.name, onSent);
  return message.form ? (
    <WithForm name={message.name} caseId={caseId} form={message.form} telling={telling} close={close} />
  ) : (
    <WithoutForm name={message.name} caseId={caseId} telling={telling} close={close} />
  );
}

interface Telling {
  request: (payload: JsonObject, key: string) => Promise<unknown>;
  onTold: () => Promise<void>;
}

interface Way {
  name: string;
  caseId: string;
  telling: Telling;
  close: ReactNode;
}

function WithForm({ name, caseId, form, telling, close }: Way & { form: FormDefinition }) {
  const place: FormPlace = { kind: 'message', key: caseId, message: name };
  const { data: kept, error, refetch, dataUpdatedAt } = useQuery(formDraftQuery(place));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (kept === undefined) return <Loading />;
  const opened = { place, form, version: null, kept };
  return <Message key={dataUpdatedAt} opened={opened} name={name} telling={telling} close={close} />;
}

function Message({ opened, name, telling, close }: Omit<Way, 'caseId'> & { opened: FormOpened }) {
  const filling = useFormDraft(opened, {
    bodyOf: (payload: JsonObject) => payload,
    request: telling.request,
    onAnswer: telling.onTold,
  });
  return <DraftedForm id={`message-${name}`} form={opened.form} filling={filling} beside={close} />;
}

function WithoutForm({ name, caseId, telling, close }: Way) {
  const { t } = useTranslation('work');
  const doing = useDoing(`message ${caseId} ${name}`);
  return (
    <>
      <HowItGoes doing={doing} />
      <p className={styles.sure}>
        <Button
          look="primary"
          busy={doing.busy}
          onClick={() =>
            void doing.run({ body: {}, request: (key) => telling.request({}, key), onAnswer: telling.onTold })
          }
        >
          {t('messages.send')}
        </Button>
        {close}
      </p>
    </>
  );
}

/** Telling the case, and what changes by it on the page. */
function useTelling(caseId: string, name: string, onSent: () => void): Telling {
  const queries = useQueryClient();
  return {
    request: async (payload, key) => {
      const params = { path: { case_id: caseId }, header: { 'Idempotency-Key': key } };
      try {
        return await ask(api.POST('/api/v1/cases/{case_id}/messages', { params, body: { name, payload } }));
      } catch (problem) {
        throw problem instanceof ApiProblem ? atFields(problem) : problem;
      }
    },
    onTold: async () => {
      onSent();
      await queries.invalidateQueries({ queryKey: ['case', caseId] });
      void queries.invalidateQueries({ queryKey: ['tasks'] });
    },
  };
}

/** The problem with the paths of its fields as the form has them. */
function atFields(problem: ApiProblem): ApiProblem {
  const problems = (problem.document.problems ?? []).map((one) => ({
    ...one,
    path: one.path.replace(/^\/payload/, ''),
  }));
  return new ApiProblem(problem.status, { ...problem.document, problems }, problem.headers);
}
