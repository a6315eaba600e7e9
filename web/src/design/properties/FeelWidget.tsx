import type { WidgetProps } from '@rjsf/utils';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ties } from '@/shared/form/theme/inputs';
import theme from '@/shared/form/theme/theme.module.css';
import { Combobox } from '@/shared/ui/Combobox';
import styles from './properties.module.css';
import { type Names, told } from './names';
import { withName } from './withName';

/** FEEL, with the names that exist there to pick from. */
export function FeelWidget(field: WidgetProps) {
  const { t } = useTranslation('draft');
  const { value, id } = field as { value?: string; id: string };
  const { isLong, isText, isAnswer } = field.options as { isLong: boolean; isText: boolean; isAnswer?: boolean };
  const { names } = field.registry.formContext as { names: Names | undefined };
  const [searched, setSearched] = useState('');
  const [picking, setPicking] = useState(0);
  const text = useRef<HTMLTextAreaElement>(null);
  const known = [...(isAnswer ? (names?.answer ?? []) : []), ...(names?.names ?? [])];
  const found = known.filter((one) => one.name.toLowerCase().includes(searched.toLowerCase()));
  function insert(name: string): void {
    const area = text.current;
    const { written, caret } = withName(value ?? '', name, area?.selectionStart ?? null, field.id.endsWith('script'));
    field.onChange(written);
    setSearched('');
    setPicking(picking + 1);
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(caret, caret);
    });
  }
  return (
    <div className={styles.feel}>
      <textarea
        {...ties(field)}
        ref={text}
        className={theme.input}
        rows={isLong ? 3 : 1}
        autoComplete="off"
        spellCheck={false}
        value={value ?? ''}
        onChange={(event) => {
          field.onChange(event.target.value);
        }}
      />
      {known.length > 0 && (!isText || (value ?? '').trimStart().startsWith('=')) && (
        <Combobox
          key={picking}
          id={`${id}__names`}
          className={styles.names}
          aria-label={t('names.pick', { field: field.label })}
          placeholder={t('names.placeholder')}
          chosen=""
          choices={found.map((one) => ({ value: one.name, text: told(t, one) }))}
          news={t('names.found', { count: found.length })}
          onSearch={setSearched}
          onChoose={(choice) => {
            if (choice) insert(choice.value);
          }}
        />
      )}
    </div>
  );
}
