import { useId } from 'react';
import { useCommitted } from '../outline/useCommitted';
import styles from './Decisions.module.css';

interface Props {
  /** Where others refer to the field. */
  id?: string;
  label: string;
  value: string;
  onCommit: (value: string) => void;
  /** The label is for those who hear the page; what stands around says the same to those who see it. */
  hiddenLabel?: boolean;
  /** Ordinary words, and no FEEL. */
  isProse?: boolean;
}

/** A text of a file that is written into it at each pause, and when one leaves the field. It grows with what is in it. */
export function FeelField({ id: given, label, value, onCommit, hiddenLabel = false, isProse = false }: Props) {
  const own = useId();
  const id = given ?? own;
  const { shown, type, leave } = useCommitted(value, onCommit);
  return (
    <div className={[styles.feel, isProse ? styles.prose : ''].join(' ')}>
      <label htmlFor={id} className={hiddenLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {!isProse && (
        <span aria-hidden className={styles.sizer}>
          {longestWord(shown)}
        </span>
      )}
      <textarea
        id={id}
        rows={1}
        spellCheck={isProse}
        value={shown}
        onBlur={leave}
        onChange={(event) => {
          type(event.target.value);
        }}
      />
    </div>
  );
}

const MOST_LETTERS = 30;

/** No column is narrower than this, so that no word is broken in two. */
function longestWord(text: string): string {
  const lengths = text.split(/\s+/).map((word) => word.length);
  return text.split(/\s+/)[lengths.indexOf(Math.max(...lengths))]?.slice(0, MOST_LETTERS) ?? '';
}
