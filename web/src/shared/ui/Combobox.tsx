import { useId, useRef, useState, type InputHTMLAttributes } from 'react';
import styles from './Combobox.module.css';

export interface Choice {
  value: string;
  text: string;
}

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'list'> {
  /** What is chosen, in words. */
  chosen: string;
  choices: readonly Choice[];
  /** Spoken when the list changes: how many there are, or that there are none. */
  news: string;
  onSearch: (text: string) => void;
  onChoose: (choice: Choice | undefined) => void;
}

/** A field that searches while one types and offers what it finds (the combobox pattern of WAI-ARIA's authoring practices). */
export function Combobox({ chosen, choices, news, onSearch, onChoose, ...input }: Props) {
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = text ?? chosen;

  function close(): void {
    setOpen(false);
    setActive(-1);
    setText(undefined);
  }
  function choose(choice: Choice | undefined): void {
    if (choice) onChoose(choice);
    close();
  }
  function move(step: number): void {
    setOpen(true);
    if (choices.length > 0)
      setActive((active + step + choices.length + (active < 0 && step < 0 ? 1 : 0)) % choices.length);
  }
  return (
    <div className={styles.frame}>
      <input
        {...input}
        ref={field}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && active >= 0 ? `${list}-${String(active)}` : undefined}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
          onSearch(event.target.value);
          if (event.target.value === '') onChoose(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter' && open && active >= 0) choose(choices[active]);
          else if (event.key === 'Escape' && open) close();
          else return;
          event.preventDefault();
        }}
        onBlur={close}
      />
      <div id={list} role="listbox" aria-label={input['aria-label'] ?? news} className={styles.list} hidden={!open}>
        {choices.map((choice, index) => (
          // The field keeps the focus and the keyboard; the list is for the pointer.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={choice.value}
            id={`${list}-${String(index)}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            data-content
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              choose(choice);
            }}
          >
            {choice.text}
          </div>
        ))}
      </div>
      <p role="status" className={open && choices.length === 0 ? styles.none : 'visually-hidden'}>
        {open ? news : ''}
      </p>
    </div>
  );
}
