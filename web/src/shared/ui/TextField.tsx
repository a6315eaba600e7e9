import type { InputHTMLAttributes } from 'react';
import { Field, type Words } from './Field';

type Props = Words & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>;

/** A labelled field of one line. */
export function TextField({ label, hint, error, ...input }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => <input {...input} {...ties} />}
    </Field>
  );
}
