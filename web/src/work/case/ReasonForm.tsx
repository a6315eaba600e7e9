import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { TextField } from '@/shared/ui/TextField';
import { useTooLong } from '@/shared/ui/tooLong';
import { HowItGoes } from '../sending/HowItGoes';
import { useDoing } from '../sending/useDoing';
import styles from './Beside.module.css';

const MOST_CHARACTERS = 1_000;

interface Props {
  /** What tells it from other things that are sent. */
  what: string;
  label: string;
  hint?: string;
  /** What the button says that does it. */
  save: string;
  request: (reason: string, key: string) => Promise<unknown>;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks why before something is struck or removed. */
export function ReasonForm({ what, label, hint, save, request, onDone, onClose }: Props) {
  const { t } = useTranslation(['case', 'shared']);
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState('');
  const doing = useDoing(what);
  const tooLong = useTooLong(reason, MOST_CHARACTERS);
  const wrong = tooLong ?? refused;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);

  async function send(): Promise<void> {
    const told = reason.trim();
    setRefused(told ? '' : t('reason.empty'));
    if (!told || tooLong) {
      form.current?.querySelector('input')?.focus();
      return;
    }
    await doing.run({
      body: told,
      request: (key) => request(told, key),
      onAnswer: onDone,
      onRefusal: (problem) => {
        const why = problem instanceof ApiProblem ? problem.document.problems?.[0]?.text : undefined;
        setRefused(why ?? '');
        return why !== undefined;
      },
    });
  }
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <HowItGoes doing={doing} />
      <TextField
        label={label}
        {...(hint && { hint })}
        {...(wrong && { error: wrong })}
        value={reason}
        readOnly={doing.busy}
        onChange={({ target }) => {
          setReason(target.value);
        }}
      />
      <div className={styles.actions}>
        <Button type="submit" look="danger" busy={doing.busy}>
          {save}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t('shared:action.cancel')}
        </Button>
      </div>
    </form>
  );
}
