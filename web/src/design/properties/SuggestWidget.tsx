import type { WidgetProps } from '@rjsf/utils';
import { useId } from 'react';
import { ties } from '@/shared/form/theme/inputs';
import styles from '@/shared/form/theme/theme.module.css';
import type { Choice } from './propertiesForm';

/** A text for which there are suggestions; another may be written. */
export function SuggestWidget(field: WidgetProps) {
  const list = useId();
  const { value } = field as { value?: string };
  const suggested = (field.options.suggested ?? []) as readonly Choice[];
  return (
    <>
      <input
        {...ties(field)}
        className={styles.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        list={suggested.length > 0 ? list : undefined}
        value={value ?? ''}
        onChange={(event) => {
          field.onChange(event.target.value);
        }}
      />
      {suggested.length > 0 && (
        <datalist id={list}>
          {suggested.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
