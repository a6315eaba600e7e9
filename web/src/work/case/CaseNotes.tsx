import './texts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { momentOf } from '@/shared/time';
import { useKeptText } from '@/shared/useKeptText';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { useTooLong } from '@/shared/ui/tooLong';
import { HowItGoes } from '../sending/HowItGoes';
import { useDoing } from '../sending/useDoing';
import { notesQuery, type Note } from './beside';
import styles from './Beside.module.css';
import { ReasonForm } from './ReasonForm';

const MOST_CHARACTERS = 10_000;

/** What people write about the case beside its steps: the newest first, one's own can be struck. */
export function CaseNotes({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const query = useInfiniteQuery(notesQuery(caseId));
  const { data, error, refetch } = query;
  const notes = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section id="notes" className={styles.section} aria-labelledby="notes-title">
      <h2 id="notes-title">{t('notes.title')}</h2>
      <NewNote caseId={caseId} />
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && notes.length === 0 && <p className={styles.soft}>{t('notes.none')}</p>}
      {notes.length > 0 && (
        <ul className={styles.list}>
          {notes.map((note) => (
            <WrittenNote key={note.number} note={note} caseId={caseId} />
          ))}
        </ul>
      )}
      <MoreRows of={query} />
    </section>
  );
}

function NewNote({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const id = useId();
  const { text, isKept, write, forget } = useKeptText(`note ${caseId}`);
  const doing = useDoing(`note ${caseId}`);
  const tooLong = useTooLong(text, MOST_CHARACTERS);
  const [refused, setRefused] = useState('');
  const [isSaved, setSaved] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const wrong = tooLong ?? refused;

  async function save(): Promise<void> {
    setRefused(text.trim() ? '' : t('notes.empty'));
    setSaved(false);
    if (!text.trim() || tooLong) {
      area.current?.focus();
      return;
    }
    await doing.run({
      body: { text },
      request: (key) => {
        const params = { path: { case_id: caseId }, header: { 'Idempotency-Key': key } };
        return ask(api.POST('/api/v1/cases/{case_id}/notes', { params, body: { text } }));
      },
      onAnswer: () => {
        forget();
        setSaved(true);
        void queries.invalidateQueries({ queryKey: ['case', caseId] });
      },
      onRefusal: (problem) => {
        const told = problem instanceof ApiProblem ? problem.document.problems?.[0]?.text : undefined;
        setRefused(told ?? '');
        return told !== undefined;
      },
    });
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <HowItGoes doing={doing} />
      <div className={styles.field}>
        <label htmlFor={id}>{t('notes.new')}</label>
        <p id={`${id}-hint`} className={styles.soft}>
          {t('notes.hint')}
        </p>
        {wrong && (
          <p id={`${id}-error`} className={styles.wrong} role="alert">
            {wrong}
          </p>
        )}
        <textarea
          ref={area}
          id={id}
          className={styles.area}
          value={text}
          // What would be written while it is on its way would go away with it.
          readOnly={doing.busy}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-hint${wrong ? ` ${id}-error` : ''}`}
          onChange={({ target }) => {
            write(target.value);
          }}
        />
      </div>
      <div className={styles.actions}>
        <Button type="submit" busy={doing.busy}>
          {t('notes.save')}
        </Button>
        <p role="status">{isSaved && !text ? t('notes.saved') : ''}</p>
        {isKept && <p className={styles.soft}>{t('notes.kept')}</p>}
      </div>
    </form>
  );
}

function WrittenNote({ note, caseId }: { note: Note; caseId: string }) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const me = useSession().userId;
  const [isOpen, setOpen] = useState(false);
  const when = momentOf(note.at);

  async function strike(reason: string, key: string): Promise<void> {
    const params = { path: { case_id: caseId, number: note.number }, header: { 'Idempotency-Key': key } };
    await ask(api.POST('/api/v1/cases/{case_id}/notes/{number}/strike', { params, body: { reason } }));
  }
  return (
    <li className={styles.one}>
      <p className={styles.soft} data-content>
        {t('notes.by', { name: note.by.name, when })}
      </p>
      {note.text === null ? (
        <p className={styles.soft}>{t('notes.erased')}</p>
      ) : (
        <p className={[styles.text, note.struck && styles.struck].filter(Boolean).join(' ')} data-content>
          {note.text}
        </p>
      )}
      {note.struck && (
        <p data-content>
          {t('notes.struck', {
            name: note.struck.by.name,
            when: momentOf(note.struck.at),
            reason: note.struck.reason ?? '',
          })}
        </p>
      )}
      {!note.struck && note.by.id === me && !isOpen && (
        <div>
          <Button
            look="plain"
            aria-label={t('notes.strikeLabel', { when })}
            onClick={() => {
              setOpen(true);
            }}
          >
            {t('notes.strike')}
          </Button>
        </div>
      )}
      {isOpen && (
        <ReasonForm
          what={`strike ${caseId} ${String(note.number)}`}
          label={t('notes.strikeReason')}
          save={t('notes.strikeSave')}
          request={strike}
          onDone={async () => {
            setOpen(false);
            await queries.invalidateQueries({ queryKey: ['case', caseId] });
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </li>
  );
}
