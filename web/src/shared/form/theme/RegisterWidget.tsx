import { useQuery } from '@tanstack/react-query';
import type { WidgetProps } from '@rjsf/utils';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askForNew, choiceOf, entryQuery, registersQuery, searchQuery, takeNew, titleOf } from '@/shared/registers';
import { Combobox } from '@/shared/ui/Combobox';
import { useSlowly } from '@/shared/useSlowly';
import { ties } from './inputs';
import styles from './theme.module.css';
import { wordsIn } from './words';

const TYPING_MS = 250;

/** An entry of a register, found by writing a part of its name. */
export function RegisterWidget(field: WidgetProps) {
  const { t } = useTranslation();
  const { value } = field as { value?: string };
  const register = wordsIn(field.options).register ?? '';
  const [text, setText] = useState<string>();
  const asked = useSlowly(text, TYPING_MS);
  const { data: registers } = useQuery(registersQuery);
  const { data: found, isError } = useQuery({ ...searchQuery(register, asked ?? ''), enabled: asked !== undefined });
  const { data: entry } = useQuery({ ...entryQuery(register, value ?? ''), enabled: value !== undefined });
  const about = registers?.find(({ key }) => key === register);
  const takeUp = useEffectEvent(() => {
    const added = takeNew(field.id, register);
    if (added !== undefined) field.onChange(added);
  });
  useEffect(() => {
    // After the form has taken up what was typed into it before.
    const timer = setTimeout(takeUp);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const choices = (found ?? []).map((one) => ({
    value: one.key,
    text: about ? choiceOf(one, about) : one.name,
  }));
  return (
    <>
      <Combobox
        {...ties(field)}
        className={styles.input}
        chosen={entry?.name ?? value ?? ''}
        choices={choices}
        news={
          isError ? t('form.searchFailed') : found ? t('form.found', { count: choices.length }) : t('form.searching')
        }
        onFocus={() => {
          setText((before) => before ?? '');
        }}
        onSearch={setText}
        onChoose={(choice) => {
          field.onChange(choice?.value);
        }}
      />
      {about?.mayWrite && !field.readonly && !field.disabled && (
        <Link
          to="/work/registers/$registerKey/new"
          params={{ registerKey: register }}
          className={styles.add}
          onClick={() => {
            askForNew(field.id, register);
          }}
        >
          {t('form.addEntry', { register: titleOf(about) })}
        </Link>
      )}
    </>
  );
}
