import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';

export interface Words {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** What ties an input to its label, hint and error. */
interface Ties {
  id: string;
  className: string | undefined;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A labelled field: label, hint and error in that order, then the input that `children` makes of what ties it to them. */
export function Field({ label, hint, error, children }: Words & { children: (ties: Ties) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {children({
        id,
        className: styles.input,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
      })}
    </div>
  );
}
