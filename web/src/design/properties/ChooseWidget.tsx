import type { WidgetProps } from '@rjsf/utils';
import { ties } from '@/shared/form/theme/inputs';
import styles from '@/shared/form/theme/theme.module.css';
import type { Choice } from './propertiesForm';

/** One among a few; what is chosen stays to be seen even where it is no longer among them. */
export function ChooseWidget(field: WidgetProps) {
  const { value = '' } = field as { value?: string };
  const offered = (field.options.offered ?? []) as readonly Choice[];
  const choices = offered.some((one) => one.value === value) ? offered : [{ value, text: value }, ...offered];
  const { readOnly, disabled, ...attributes } = ties(field);
  return (
    <select
      {...attributes}
      className={styles.input}
      disabled={disabled === true || readOnly === true}
      value={value}
      onChange={(event) => {
        field.onChange(event.target.value);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.text}
        </option>
      ))}
    </select>
  );
}
