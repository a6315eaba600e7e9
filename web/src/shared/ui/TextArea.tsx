import type { TextareaHTMLAttributes } from 'react';
import { Field, type Words } from './Field';

type Props = Words & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>;

/** A labelled field of several lines. */
export function TextArea({ label, hint, error, ...input }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => <textarea rows={3} {...input} {...ties} />}
    </Field>
  );
}
