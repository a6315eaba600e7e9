/** Fields that one types in. */
import type { WidgetProps } from '@rjsf/utils';
import { useState, type InputHTMLAttributes } from 'react';
import styles from './theme.module.css';
import { describedBy, wordsIn } from './words';

type Attributes = InputHTMLAttributes<HTMLInputElement>;

/** The attributes that tie a control to its label, hint and error. */
export function ties({ id, options, rawErrors, required, disabled, readonly }: WidgetProps) {
  return {
    id,
    'aria-describedby': describedBy(id, wordsIn(options), rawErrors),
    'aria-invalid': rawErrors && rawErrors.length > 0 ? true : undefined,
    'aria-required': required ? true : undefined,
    disabled,
    readOnly: readonly,
  } as const;
}

function typed(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function Input({ field, ...attributes }: Attributes & { field: WidgetProps }) {
  const { value } = field as { value?: unknown };
  return (
    <input
      {...ties(field)}
      className={styles.input}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(event) => {
        field.onChange(typed(event.target.value));
      }}
      {...attributes}
    />
  );
}

export function TextWidget(field: WidgetProps) {
  const { format } = field.schema;
  if (format === 'email') return <Input field={field} type="email" inputMode="email" autoComplete="off" />;
  if (format === 'uri') return <Input field={field} type="text" inputMode="url" autoComplete="off" />;
  return <Input field={field} type="text" autoComplete="off" />;
}

export function PasswordWidget(field: WidgetProps) {
  return <Input field={field} type="password" autoComplete="off" />;
}

export function TimeWidget(field: WidgetProps) {
  return (
    <Input
      field={field}
      type="text"
      inputMode="numeric"
      placeholder="09:30"
      className={styles.short}
      autoComplete="off"
    />
  );
}

export function DateTimeWidget(field: WidgetProps) {
  return (
    <Input field={field} type="text" placeholder="2025-03-17T09:30" className={styles.medium} autoComplete="off" />
  );
}

export function HiddenWidget({ id, value }: WidgetProps) {
  return <input type="hidden" id={id} value={String(value ?? '')} />;
}

export function TextareaWidget(field: WidgetProps) {
  const { value } = field as { value?: string };
  return (
    <textarea
      {...ties(field)}
      className={styles.input}
      rows={4}
      value={value ?? ''}
      onChange={(event) => {
        field.onChange(typed(event.target.value));
      }}
    />
  );
}

/** A number as people write it: with a comma or a point. What is no number stays as it was typed, and is told as wrong. */
export function NumberWidget(field: WidgetProps) {
  const { value } = field as { value?: unknown };
  const [text, setText] = useState(written(value));
  const shown = numberIn(text) === value ? text : written(value);
  return (
    <Input
      field={field}
      type="text"
      inputMode={field.schema.type === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      className={styles.short}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        field.onChange(numberIn(event.target.value));
      }}
    />
  );
}

function written(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).replace('.', ',');
}

export function numberIn(text: string): number | string | undefined {
  const plain = text.trim().replace(/\s/g, '').replace(',', '.').replace('\u2212', '-');
  if (plain === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}
