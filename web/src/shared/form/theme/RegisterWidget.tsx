import { useQuery } from '@tanstack/react-query';
import type { WidgetProps } from '@rjsf/utils';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entryQuery, nameOf, registersQuery, searchQuery } from '@/shared/registers';
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
  const choices = (found ?? []).map((one) => ({ value: one.key, text: nameOf(one, about) }));
  return (
    <Combobox
      {...ties(field)}
      className={styles.input}
      chosen={entry ? nameOf(entry, about) : (value ?? '')}
      choices={choices}
      news={isError ? t('form.searchFailed') : found ? t('form.found', { count: choices.length }) : t('form.searching')}
      onFocus={() => {
        setText((before) => before ?? '');
      }}
      onSearch={setText}
      onChoose={(choice) => {
        field.onChange(choice?.value);
      }}
    />
  );
}
