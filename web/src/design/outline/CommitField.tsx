import { useId } from 'react';
import theme from '@/shared/form/theme/theme.module.css';
import { useCommitted } from './useCommitted';

interface Props {
  /** For those who hear the page; the table's headings say the same to those who see it. */
  label: string;
  value: string;
  onCommit: (value: string) => void;
}

/** A text that is written into the diagram at each pause, and when one leaves the field. */
export function CommitField({ label, value, onCommit }: Props) {
  const id = useId();
  const { shown, type, leave } = useCommitted(value, onCommit);
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        type="text"
        className={theme.input}
        autoComplete="off"
        spellCheck={false}
        value={shown}
        onBlur={leave}
        onChange={(event) => {
          type(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
    </>
  );
}
