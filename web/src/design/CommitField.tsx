import { useId } from 'react';
import styles from './DraftPage.module.css';
import { useCommitted } from './useCommitted';

interface Props {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  hint?: string | undefined;
  problems?: readonly string[];
  lines?: number;
  choices?: readonly string[] | undefined;
  /** The label is for those who hear the page; what stands around says the same to those who see it. */
  hiddenLabel?: boolean;
  /** By which a problem finds the field. */
  field?: string;
}

/** A text that is written into the diagram at each pause, and when one leaves the field. */
export function CommitField({
  label,
  value,
  onCommit,
  hint,
  problems = [],
  lines,
  choices,
  hiddenLabel,
  field,
}: Props) {
  const id = useId();
  const { shown, type, leave } = useCommitted(value, onCommit);
  const described = [hint && `${id}-hint`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(' ');
  const input = {
    id,
    value: shown,
    spellCheck: false,
    'data-field': field,
    'aria-invalid': problems.length > 0 ? true : undefined,
    'aria-describedby': described || undefined,
    onBlur: leave,
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hiddenLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {problems.length > 0 && (
        <div id={`${id}-problems`} className={styles.error}>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      {lines ? (
        <textarea
          {...input}
          rows={lines}
          onChange={(event) => {
            type(event.target.value);
          }}
        />
      ) : (
        <input
          {...input}
          type="text"
          autoComplete="off"
          list={choices && choices.length > 0 ? `${id}-choices` : undefined}
          onChange={(event) => {
            type(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') leave();
          }}
        />
      )}
      {choices && choices.length > 0 && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </div>
  );
}
