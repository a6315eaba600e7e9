import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { TextField } from '@/shared/ui/TextField';
import { isDay } from '../caseFilter';
import styles from './Filters.module.css';

interface Field<Name> {
  name: Name;
  label: string;
  isDay?: boolean;
}

interface Props<Name extends string> {
  fields: readonly Field<Name>[];
  values: Readonly<Partial<Record<Name, string>>>;
  submit: string;
  /** Called with every field, undefined for the empty ones, once all days are days. */
  onSend: (values: Partial<Record<Name, string | undefined>>) => void;
}

/** What is typed holds when it is sent; the first day that is none gets the focus. */
export function TypedFilters<Name extends string>({ fields, values, submit, onSend }: Props<Name>) {
  const { t } = useTranslation('audit');
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(values);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  function send(): void {
    const bad = fields.filter(({ name, isDay: mustBe }) => mustBe && typed[name] && !isDay(typed[name]));
    setWrong(bad.map(({ name }) => name));
    const [first] = bad;
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first.name}]`)?.focus();
    else onSend(Object.fromEntries(fields.map(({ name }) => [name, typed[name]?.trim() || undefined])) as typeof typed);
  }
  return (
    <form
      ref={form}
      className={styles.choices}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {fields.map(({ name, label, isDay: mustBe }) => (
        <TextField
          key={name}
          name={name}
          label={label}
          value={typed[name] ?? ''}
          maxLength={200}
          autoComplete="off"
          {...(mustBe && { inputMode: 'numeric' })}
          {...(wrong.includes(name) && { error: t('cases.notADay') })}
          onChange={({ target }) => {
            setTyped({ ...typed, [name]: target.value });
          }}
        />
      ))}
      <Button type="submit">{submit}</Button>
    </form>
  );
}
