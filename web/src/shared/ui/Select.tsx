import { useId } from 'react';
import type { Choice } from './Combobox';
import styles from './Select.module.css';

interface Props {
  /** Where others refer to the field. */
  id?: string;
  label: string;
  value: string;
  choices: readonly Choice[];
  error?: string | undefined;
  /** Called with what was chosen, undefined for the empty choice. */
  onChoose: (value: string | undefined) => void;
}

/** A labelled choice among a few. */
export function Select({ id: given, label, value, choices, error, onChoose }: Props) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => {
          onChoose(event.target.value || undefined);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </div>
  );
}
