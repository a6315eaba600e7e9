import '../case/texts';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { useTooLong } from '@/shared/ui/tooLong';
import styles from './CaseSearch.module.css';
import { readSought } from './sought';

const MOST_CHARACTERS = 200;

/** Searches cases from any page. What is looked for may be a name: it goes with the tab's history, never in an address. */
export function CaseSearchField() {
  const { t } = useTranslation('case');
  const sought = useLocation({ select: ({ state }) => readSought(state) });
  const navigate = useNavigate();
  const id = useId();
  const [{ text, of }, setText] = useState({ text: sought, of: sought });
  // It follows what is shown, going back too; the field itself stays, so that whoever types on loses neither it nor a letter.
  if (of !== sought) setText({ text: text.trim() === sought ? text : sought, of: sought });
  const tooLong = useTooLong(text, MOST_CHARACTERS);
  function search(): void {
    if (text.trim() && !tooLong) void navigate({ to: '/work/search', state: { sought: text.trim() } });
  }
  return (
    <search className={styles.field}>
      <label htmlFor={id}>{t('search.label')}</label>
      <input
        id={id}
        type="search"
        className={styles.input}
        value={text}
        aria-invalid={tooLong ? true : undefined}
        aria-describedby={tooLong ? `${id}-error` : undefined}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={({ target }) => {
          setText({ text: target.value, of: sought });
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter') search();
        }}
      />
      <Button onClick={search}>{t('search.find')}</Button>
      {tooLong && (
        <p id={`${id}-error`} className={styles.wrong} role="alert">
          {tooLong}
        </p>
      )}
    </search>
  );
}
