import { useId } from 'react';
import type { Choice } from './Combobox';
import styles from './Select.module.css';

interface Props {
  label: string;
  value: string;
  choices: readonly Choice[];
  /** Called with what was chosen, undefined for the empty choice. */
  onChoose: (value: string | undefined) => void;
}

/** A labelled choice among a few. */
export function Select({ label, value, choices, onChoose }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
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
