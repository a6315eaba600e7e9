import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { TextField } from '@/shared/ui/TextField';
import styles from './Decisions.module.css';
import { type Asked, textOf } from './trial';
import { TrialResult } from './TrialResult';
import type { Tried } from './useTrial';

interface Props {
  tried: Tried;
  hint: string;
}

/** Fields for what the decision reads, and the answer as one writes. */
export function TrialPanel({ tried: { question, texts, write: onWrite, trial, isUntried, error }, hint }: Props) {
  const { t } = useTranslation('decisions');
  return (
    <section className={styles.panel} aria-labelledby="try">
      <h2 id="try">{t('try')}</h2>
      <p>{hint}</p>
      {question?.asked.length === 0 && <p>{t('asksNothing')}</p>}
      {question && question.samples.length > 0 && (
        <Select
          label={t('sample')}
          value=""
          choices={[
            { value: '', text: t('sampleNone') },
            ...question.samples.map(({ name }) => ({ value: name, text: name })),
          ]}
          onChoose={(name) => {
            const sample = question.samples.find((one) => one.name === name);
            const filled = question.asked.flatMap((asked) => {
              const feel = sample?.values[asked.name];
              return feel === undefined ? [] : [[asked.name, textOf(asked, feel)] as const];
            });
            onWrite({ ...texts, ...Object.fromEntries(filled) });
          }}
        />
      )}
      <div className={styles.fields}>
        {question?.asked.map((asked) => (
          <ValueField
            key={asked.name}
            asked={asked}
            text={texts[asked.name] ?? ''}
            error={trial?.wrong[asked.name]?.[currentLanguage()] ?? ''}
            onWrite={(text) => {
              onWrite({ ...texts, [asked.name]: text });
            }}
          />
        ))}
      </div>
      <div>
        <Button
          onClick={() => {
            onWrite({});
          }}
        >
          {t('clear')}
        </Button>
      </div>
      {error ? (
        <ProblemNotice error={error} />
      ) : isUntried && trial?.value === null ? (
        <p>{t('fillIn')}</p>
      ) : (
        <TrialResult trial={trial} />
      )}
    </section>
  );
}

interface FieldProps {
  asked: Asked;
  text: string;
  error: string;
  onWrite: (text: string) => void;
}

function ValueField({ asked, text, error, onWrite }: FieldProps) {
  const { t } = useTranslation('decisions');
  const id = useId();
  if (asked.kind === 'boolean' || asked.allowed.length > 0)
    return (
      <Select
        label={asked.name}
        value={text}
        choices={[
          { value: '', text: t('unknown') },
          ...(asked.kind === 'boolean'
            ? [
                { value: 'true', text: t('yes') },
                { value: 'false', text: t('no') },
              ]
            : asked.allowed.map((one) => ({ value: one, text: one }))),
        ]}
        onChoose={(chosen) => {
          onWrite(chosen ?? '');
        }}
      />
    );
  const suggested = asked.suggested.map((feel) => textOf(asked, feel));
  return (
    <div>
      <TextField
        label={asked.name}
        hint={hintOf(asked, t)}
        error={error}
        value={text}
        autoComplete="off"
        spellCheck={false}
        list={suggested.length > 0 ? id : undefined}
        onChange={(event) => {
          onWrite(event.target.value);
        }}
      />
      {suggested.length > 0 && (
        <datalist id={id}>
          {suggested.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
}

const EXAMPLES: Record<string, string> = {
  list: '["a", "b"]',
  context: '{day: @"2026-11-22"}',
  'date and time': '@"2026-11-22T09:00:00"',
  time: '@"09:00:00"',
  'days and time duration': '@"P14D"',
  'years and months duration': '@"P6M"',
};

function hintOf(asked: Asked, t: ReturnType<typeof useTranslation<'decisions'>>['t']): string {
  if (asked.kind === 'string') return '';
  if (asked.kind === 'number') return t('hint.number');
  if (asked.kind === 'date') return t('hint.date');
  const example = asked.kind === 'list' && asked.item === 'date' ? '[@"2026-11-22"]' : EXAMPLES[asked.kind];
  return t('hint.feel', { example: example ?? '"a", 5' });
}
