import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import styles from './Decisions.module.css';
import type { Change } from './dmnChanges';
import type { Part, Side } from './dmnColumns';
import type { Column, DecisionInFile } from './dmnXml';
import { FeelField } from './FeelField';
import { columnId } from './places';

const TYPES = [
  'string',
  'number',
  'boolean',
  'date',
  'time',
  'dateTime',
  'dayTimeDuration',
  'yearMonthDuration',
  'Any',
] as const;

interface Props {
  decision: DecisionInFile;
  onChange: (change: Change) => void;
}

/** What the table looks at and what it gives: each column with what it is called, reads, and may be. */
export function ColumnFields({ decision, onChange }: Props) {
  const { t } = useTranslation('decisions');
  return (
    <details className={styles.columns}>
      <summary>{t('columns.title', { inputs: decision.inputs.length, outputs: decision.outputs.length })}</summary>
      <div>
        <p>{t('columns.hint')}</p>
        {(['input', 'output'] as const).map((side) => {
          const columns = side === 'input' ? decision.inputs : decision.outputs;
          return (
            <div key={side} className={styles.page}>
              {columns.map((column, place) => (
                <ColumnBox
                  key={column.id || place}
                  side={side}
                  place={place}
                  column={column}
                  types={decision.types}
                  canRemove={columns.length > 1}
                  onChange={onChange}
                />
              ))}
              <div>
                <Button
                  onClick={() => {
                    onChange({ what: 'addColumn', side });
                  }}
                >
                  {t(`columns.add.${side}`)}
                </Button>
              </div>
            </div>
          );
        })}
      </div>
    </details>
  );
}

interface BoxProps {
  side: Side;
  place: number;
  column: Column;
  /** Those of the file. */
  types: readonly string[];
  canRemove: boolean;
  onChange: (change: Change) => void;
}

function ColumnBox({ side, place, column, types, canRemove, onChange }: BoxProps) {
  const { t } = useTranslation('decisions');
  const id = useId();
  const set = (part: Part) => (text: string) => {
    onChange({ what: 'column', side, place, part, text });
  };
  const known = new Set<string>([...TYPES, ...types]);
  const number = place + 1;
  return (
    <div role="group" aria-labelledby={id} className={styles.column}>
      <p id={id} className={styles.tableName} data-content>
        {t(`columns.${side}`, { number, label: column.label || t('unnamed') })}
      </p>
      <div className={styles.fields}>
        <FeelField label={t('columns.label')} isProse value={column.given} onCommit={set('label')} />
        <FeelField
          id={columnId(side, place)}
          label={t(`columns.text.${side}`)}
          value={column.text}
          onCommit={set('text')}
        />
        <Select
          label={t('columns.type')}
          value={column.type}
          choices={[
            { value: '', text: t('columns.types.none') },
            ...TYPES.map((one) => ({ value: one, text: t(`columns.types.${one}`) })),
            ...types.map((one) => ({ value: one, text: one })),
            ...(column.type && !known.has(column.type) ? [{ value: column.type, text: column.type }] : []),
          ]}
          onChoose={(type) => {
            set('type')(type ?? '');
          }}
        />
        <FeelField label={t('columns.values')} value={column.values} onCommit={set('values')} />
      </div>
      {canRemove && (
        <div>
          <Button
            look="plain"
            onClick={() => {
              onChange({ what: 'removeColumn', side, place });
            }}
          >
            {t(`columns.removeOf.${side}`, { number })}
          </Button>
        </div>
      )}
    </div>
  );
}
