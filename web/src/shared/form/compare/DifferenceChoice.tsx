import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseForm, type FormDefinition } from '../CaseForm';
import { valueAt, type JsonObject } from '../rules/schema';
import { AnswerOf } from './AnswerOf';
import type { Choice, Difference } from './differences';
import { asAnswers, fromAnswers, onlyField } from './onlyField';
import type { Side } from './SideBySide';
import styles from './SideBySide.module.css';

interface Props {
  id: string;
  form: FormDefinition;
  difference: Difference;
  mine: string;
  theirs: string;
  side: Side | undefined;
  isMissing: boolean;
  onChoose: (side: Side, value: Choice['value']) => void;
}

/** One field with both answers, and room for a third. */
export function DifferenceChoice({ id, form, difference, mine, theirs, side, isMissing, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const alone = useMemo(() => onlyField(form, difference), [form, difference]);
  const [written, setWritten] = useState<JsonObject>(() => asAnswers(difference.place, difference.yours));
  const label = labelOf(form, difference, i18n.language);
  const sides = [
    { side: 'yours', name: mine, value: difference.yours },
    { side: 'theirs', name: theirs, value: difference.theirs },
  ] as const;
  return (
    <fieldset
      id={id}
      className={[styles.field, isMissing ? styles.wrong : ''].join(' ')}
      aria-describedby={isMissing ? `${id}-missing` : undefined}
    >
      <legend data-content>{label}</legend>
      {isMissing && (
        <p id={`${id}-missing`} className={styles.missing} data-content>
          {t('compare.missing', { field: label })}
        </p>
      )}
      <div className={styles.sides}>
        {sides.map((one) => (
          <div key={one.side} className={styles.side}>
            <label className={styles.pick} data-content>
              <input
                type="radio"
                name={id}
                checked={side === one.side}
                aria-describedby={`${id}-${one.side}`}
                onChange={() => {
                  onChoose(one.side, one.value);
                }}
              />
              <span className={styles.whose}>{one.name}</span>
            </label>
            <div id={`${id}-${one.side}`} className={styles.answer} data-content>
              <AnswerOf form={form} difference={difference} value={one.value} />
            </div>
          </div>
        ))}
      </div>
      {alone && (
        <label className={styles.pick}>
          <input
            type="radio"
            name={id}
            checked={side === 'another'}
            onChange={() => {
              onChoose('another', fromAnswers(difference.place, written));
            }}
          />
          <span>{t('compare.another')}</span>
        </label>
      )}
      {alone && side === 'another' && (
        <div className={styles.writing}>
          <CaseForm
            id={`${id}-another`}
            form={alone}
            values={written}
            withoutButton
            onChange={(values) => {
              setWritten(values);
              onChoose('another', fromAnswers(difference.place, values));
            }}
          />
        </div>
      )}
    </fieldset>
  );
}

/** What the field is called, with the names of what it lies in, and the key of its row. */
export function labelOf(form: FormDefinition, { place }: Difference, language: string): string {
  const texts = form.texts[language === 'en' ? 'en' : 'sv'];
  let key = '';
  const names = place.map((step) => {
    if (typeof step !== 'string') {
      key = `${key}[]`;
      return String(step.is);
    }
    key = key ? `${key}.${step}` : step;
    const label = valueAt(texts, ['fields', key, 'label']);
    return typeof label === 'string' ? label : step;
  });
  return names.join(': ');
}
