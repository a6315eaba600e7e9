import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import styles from './Replay.module.css';

interface Props {
  last: number;
  /** What happened then; empty until it is known. */
  text: string;
  at: number;
  onMove: (to: number) => void;
}

/** The moment: arrow keys go event by event, Page Up and Page Down further, Home and End to the beginning and the end. */
export function Slider({ last, text, at, onMove }: Props) {
  const { t } = useTranslation('audit');
  const id = useId();
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
