import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import styles from './IncidentItem.module.css';

interface Props {
  /** What stands before the reason; it is told whether somebody has tried to send the form. */
  children?: (isAsked: boolean) => ReactNode;
  /** The name of an input before the reason that must be filled in first. */
  lacks?: string | undefined;
  submit: string;
  look: 'primary' | 'danger';
  busy: boolean;
  /** What the server refused. */
  error: unknown;
  onSend: (reason: string) => void;
}

/** Something that an operator does, and why: history keeps it. Whatever lacks says so, and the first of it gets the focus. */
export function ReasonForm({ children, lacks, submit, look, busy, error, onSend }: Props) {
  const { t } = useTranslation('audit');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const why = reason.trim();
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (lacks ?? !why) form.current?.querySelector<HTMLInputElement>(`[name=${lacks ?? 'reason'}]`)?.focus();
        else if (!busy) onSend(why);
      }}
    >
      {error ? <ProblemNotice error={error} /> : null}
      {children?.(isAsked)}
      <TextField
        label={t('incidents.reason')}
        hint={t('incidents.reasonHint')}
        error={isAsked && !why ? t('incidents.lacksReason') : undefined}
        name="reason"
        value={reason}
        aria-required
        maxLength={500}
        autoComplete="off"
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div>
        <Button type="submit" look={look} busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
