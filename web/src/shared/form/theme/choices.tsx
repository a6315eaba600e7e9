/** Fields where one chooses among answers. */
import type { WidgetProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { ties } from './inputs';
import styles from './theme.module.css';
import { wordsIn } from './words';

interface Answer {
  value: unknown;
  text: string;
}

function useAnswers({ options, schema }: WidgetProps): Answer[] {
  const { t } = useTranslation();
  const { answers } = wordsIn(options);
  if (schema.type === 'boolean') {
    return [
      { value: true, text: answers.true ?? t('form.yes') },
      { value: false, text: answers.false ?? t('form.no') },
    ];
  }
  return (options.enumOptions ?? []).map(({ value, label }: { value: unknown; label: string }) => ({
    value,
    text: answers[String(value)] ?? label,
  }));
}

export function RadioWidget(field: WidgetProps) {
  const answers = useAnswers(field);
  return <Radios field={field} answers={answers} />;
}

/** A whole number on a scale, the ends spelled out where the form has words for them. */
export function ScaleWidget(field: WidgetProps) {
  const { minimum = 1, maximum = 5 } = field.schema;
  const words = wordsIn(field.options);
  const answers = Array.from({ length: maximum - minimum + 1 }, (_, step) => {
    const value = minimum + step;
    const word = words.answers[String(value)];
    return { value, text: word === undefined ? String(value) : `${String(value)} ${word}` };
  });
  return <Radios field={field} answers={answers} inRow />;
}

function Radios({ field, answers, inRow = false }: { field: WidgetProps; answers: Answer[]; inRow?: boolean }) {
  const { id, disabled, readonly } = field;
  const { value } = field as { value?: unknown };
  return (
    <div className={inRow ? styles.row : styles.column}>
      {answers.map((answer) => (
        <label key={String(answer.value)} className={styles.choice} data-content>
          <input
            type="radio"
            name={id}
            checked={value === answer.value}
            disabled={disabled === true || readonly === true}
            onChange={() => {
              field.onChange(answer.value);
            }}
          />
          <span>{answer.text}</span>
        </label>
      ))}
    </div>
  );
}

export function SelectWidget(field: WidgetProps) {
  const { t } = useTranslation();
  const answers = useAnswers(field);
  const { value } = field as { value?: unknown };
  const { readOnly, disabled, ...attributes } = ties(field);
  return (
    <select
      {...attributes}
      disabled={disabled === true || readOnly === true}
      className={styles.input}
      value={value === undefined ? '' : String(value)}
      onChange={(event) => {
        field.onChange(answers.find((answer) => String(answer.value) === event.target.value)?.value);
      }}
    >
      <option value="">{t('form.choose')}</option>
      {answers.map((answer) => (
        <option key={String(answer.value)} value={String(answer.value)} data-content>
          {answer.text}
        </option>
      ))}
    </select>
  );
}

export function CheckboxesWidget(field: WidgetProps) {
  const answers = useAnswers(field);
  const { disabled, readonly, rawErrors } = field;
  const { value } = field as { value?: unknown };
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <div className={styles.column}>
      {answers.map((answer) => (
        <label key={String(answer.value)} className={styles.choice} data-content>
          <input
            type="checkbox"
            checked={chosen.includes(answer.value)}
            disabled={disabled === true || readonly === true}
            aria-describedby={rawErrors?.length ? `${field.id}__error` : undefined}
            aria-invalid={rawErrors?.length ? true : undefined}
            onChange={(event) => {
              const kept = answers.filter((one) =>
                one === answer ? event.target.checked : chosen.includes(one.value),
              );
              field.onChange(kept.map((one) => one.value));
            }}
          />
          <span>{answer.text}</span>
        </label>
      ))}
    </div>
  );
}

export function CheckboxWidget(field: WidgetProps) {
  const { t } = useTranslation();
  const { value, label, required } = field as { value?: unknown; label: string; required?: boolean };
  const { readOnly, disabled, ...attributes } = ties(field);
  return (
    <label className={styles.choice} data-content>
      <input
        {...attributes}
        type="checkbox"
        checked={value === true}
        disabled={disabled === true || readOnly === true}
        onChange={(event) => {
          field.onChange(event.target.checked);
        }}
      />
      <span>
        {label}
        {!required && <span className={styles.optional}> ({t('form.optional')})</span>}
      </span>
    </label>
  );
}
