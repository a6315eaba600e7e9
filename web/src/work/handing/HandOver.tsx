import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { TextArea } from '@/shared/ui/TextArea';
import { useTooLong } from '@/shared/ui/tooLong';
import { useKeptText } from '@/shared/useKeptText';
import { HowItGoes } from '../sending/HowItGoes';
import { useDoing } from '../sending/useDoing';
import styles from './HandOver.module.css';
import { colleaguesQuery, type Colleague } from './receivers';

const LONGEST_NOTE = 1_000;

interface Props {
  /** What is given, as its note is kept on this device while it is written. */
  what: string;
  unit: string;
  /** Those of the unit's people whom it can be given to. */
  choose: (colleagues: readonly Colleague[]) => Colleague[];
  /** What it is called here to give it, to have chosen nobody, and to have nobody to choose. */
  words: { give: string; toWhom: string; nobody: string };
  /** Gives it to the one with the id, and gives their name. */
  give: (to: string, note: string, key: string) => Promise<string>;
  /** Called with the name of the one who has it now. */
  onDone: (name: string) => void;
  onCancel: () => void;
}

/** Giving a task or a case to somebody else, with what they should know. */
export function HandOver({ what, unit, choose, words, give: giveTo, onDone, onCancel }: Props) {
  const { t } = useTranslation(['work', 'shared']);
  const { data: colleagues, error, refetch } = useQuery(colleaguesQuery(unit));
  const [to, setTo] = useState('');
  const [isAsked, setAsked] = useState(false);
  const { text: note, write: setNote, forget } = useKeptText(what);
  const form = useRef<HTMLFormElement>(null);
  const doing = useDoing(what);
  const [refused, setRefused] = useState<string>();
  const tooLong = useTooLong(note, LONGEST_NOTE);
  const give = () =>
    doing.run({
      body: { to, note },
      request: (key) => giveTo(to, note, key),
      onAnswer: (name) => {
        forget();
        onDone(name);
      },
      onRefusal: (problem) => {
        const aboutNote = problem instanceof ApiProblem ? problem.document.problems?.find(isAboutNote) : undefined;
        setRefused(aboutNote?.text);
        return aboutNote !== undefined;
      },
    });
  useFocusBack();
  const isReady = colleagues !== undefined;
  useEffect(() => {
    if (isReady) form.current?.querySelector('select')?.focus();
  }, [isReady]);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!colleagues) return <Loading />;
  const receivers = choose(colleagues);
  if (receivers.length === 0) return <p role="status">{words.nobody}</p>;
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        setRefused(undefined);
        if (!to) form.current?.querySelector('select')?.focus();
        else if (tooLong) form.current?.querySelector('textarea')?.focus();
        else void give();
      }}
    >
      <HowItGoes doing={doing} />
      <Select
        label={t('handOver.to')}
        value={to}
        error={isAsked && !to ? words.toWhom : undefined}
        choices={[
          { value: '', text: t('handOver.choose') },
          ...receivers.map(({ id, name }) => ({ value: id, text: name })),
        ]}
        onChoose={(chosen) => {
          setTo(chosen ?? '');
        }}
      />
      <TextArea
        label={`${t('handOver.note')} (${t('shared:form.optional')})`}
        hint={t('handOver.noteHint')}
        error={tooLong ?? refused}
        value={note}
        readOnly={doing.busy}
        onChange={({ target }) => {
          setNote(target.value);
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={doing.busy}>
          {words.give}
        </Button>
        <Button look="plain" onClick={onCancel}>
          {t('shared:action.cancel')}
        </Button>
      </div>
    </form>
  );
}

function isAboutNote({ path }: { path: string }): boolean {
  return path === '/note';
}

/** When the form goes away and takes the focus with it, the focus goes back to what opened it. */
function useFocusBack(): void {
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected)
        opener.focus();
    };
  }, []);
}
