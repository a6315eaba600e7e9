import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { CaseForm } from '@/shared/form/CaseForm';
import type { Problem } from '@/shared/form/rules/problems';
import type { JsonObject } from '@/shared/form/rules/schema';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './CaseMessages.module.css';
import type { CaseDetail, OfferedMessage } from './cases';

/** What can be told to the case now: that the client moves, that the host accepts. */
export function CaseMessages({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const [sent, setSent] = useState('');
  if (about.messages.length === 0 && !sent) return null;
  return (
    <section className={styles.messages} aria-labelledby="messages">
      <h2 id="messages">{t('messages.title')}</h2>
      <p>{t('messages.intro')}</p>
      <div role="status">{sent && <Notice tone="good">{t('messages.sent', { title: sent })}</Notice>}</div>
      {about.messages.map((message) => (
        <Offered
          key={message.name}
          message={message}
          caseId={about.case.id}
          onSent={() => {
            setSent(message.title);
          }}
        />
      ))}
    </section>
  );
}

interface OfferedProps {
  message: OfferedMessage;
  caseId: string;
  onSent: () => void;
}

function Offered({ message, caseId, onSent }: OfferedProps) {
  const { t } = useTranslation(['work', 'shared']);
  const queries = useQueryClient();
  const place = useId();
  const [isOpen, setOpen] = useState(false);
  const [values, setValues] = useState<JsonObject>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  async function send(payload: JsonObject): Promise<readonly Problem[]> {
    setBusy(true);
    setFailure(undefined);
    try {
      const params = { path: { case_id: caseId } };
      await ask(api.POST('/api/v1/cases/{case_id}/messages', { params, body: { name: message.name, payload } }));
      onSent();
      await queries.invalidateQueries({ queryKey: ['case', caseId] });
      void queries.invalidateQueries({ queryKey: ['tasks'] });
      return [];
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'rejected' && problem.document.problems?.length)
        return problem.document.problems.map((one) => ({ ...one, path: one.path.replace(/^\/payload/, '') }));
      setFailure(problem);
      return [];
    } finally {
      setBusy(false);
    }
  }
  const close = (
    <Button
      look="plain"
      onClick={() => {
        setOpen(false);
      }}
    >
      {t('shared:action.cancel')}
    </Button>
  );
  return (
    <div className={styles.message}>
      <Button
        aria-expanded={isOpen}
        aria-controls={isOpen ? place : undefined}
        data-content
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {message.title}
      </Button>
      {isOpen && (
        <div id={place} className={styles.form}>
          {failure !== undefined && <ProblemNotice error={failure} />}
          {message.form ? (
            <CaseForm
              id={`message-${message.name}`}
              form={message.form}
              values={values}
              onChange={setValues}
              onSubmit={send}
              busy={busy}
              beside={close}
            />
          ) : (
            <p className={styles.sure}>
              <Button look="primary" busy={busy} onClick={() => void send({})}>
                {t('messages.send')}
              </Button>
              {close}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
