import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import type { HistoryEvent } from './events';
import styles from './Replay.module.css';

interface Props {
  events: readonly HistoryEvent[];
  at: number;
  onMove: (to: number) => void;
}

/** The moment: arrow keys go event by event, Page Up and Page Down further, Home and End to the beginning and the end. */
export function Slider({ events, at, onMove }: Props) {
  const { t } = useTranslation('audit');
  const id = useId();
  const last = events.at(-1)?.sequence ?? 1;
  const text = events.find((event) => event.sequence === at)?.text[currentLanguage()] ?? '';
  const steps = [
    ['first', 1],
    ['before', Math.max(1, at - 1)],
    ['after', Math.min(last, at + 1)],
    ['last', last],
  ] as const;
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{t('replay.moment')}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={last}
        step={1}
        value={at}
        aria-valuetext={t('replay.spoken', { number: at, all: last, text })}
        onChange={(event) => {
          onMove(event.target.valueAsNumber);
        }}
      />
      <div className={styles.steps}>
        {steps.map(([name, to]) => (
          <Button
            key={name}
            busy={to === at}
            onClick={() => {
              onMove(to);
            }}
          >
            {t(`replay.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
