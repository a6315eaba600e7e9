import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import styles from './Decisions.module.css';
import type { Change } from './dmnChanges';
import type { Rule } from './dmnXml';
import { FeelField } from './FeelField';
import { cellId } from './places';

export type Standing = 'matched' | 'wrong' | undefined;

interface Props {
  rule: Rule;
  number: number;
  columns: readonly string[];
  standing: Standing;
  isLast: boolean;
  /** Without it the rule is for reading only. The same function as long as the rule is shown. */
  onChange: ((change: Change) => void) | undefined;
}

/** One rule: what each column says, and whether it counted. Only what has changed is drawn anew: tables may be long. */
export const RuleRow = memo(OneRule, (before, now) => sayingOf(before) === sayingOf(now));

function sayingOf({ onChange, ...said }: Props): string {
  return JSON.stringify({ ...said, canChange: onChange !== undefined });
}

function OneRule({ rule, number, columns, standing, isLast, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const named = t('rule', { number });
  return (
    <tr className={standing && styles[standing]}>
      <th scope="row">
        <span className="visually-hidden">{named}</span>
        <span aria-hidden>{number}</span>
        {standing && (
          <span className={styles.standing}>
            <span aria-hidden>{standing === 'matched' ? '▶ ' : '✖ '}</span>
            {t(standing)}
          </span>
        )}
      </th>
      {rule.cells.map((cell, place) => (
        <td key={String(place)} data-label={columns[place]}>
          {onChange ? (
            <FeelField
              id={cellId(rule.id, place)}
              label={`${named}: ${columns[place] ?? ''}`}
              hiddenLabel
              value={cell}
              onCommit={(text) => {
                onChange({ what: 'cell', rule: rule.id, place, text });
              }}
            />
          ) : (
            <code>{cell}</code>
          )}
        </td>
      ))}
      <td data-label={t('note')} className={styles.note}>
        {onChange ? (
          <FeelField
            label={`${named}: ${t('note')}`}
            hiddenLabel
            isProse
            value={rule.note}
            onCommit={(text) => {
              onChange({ what: 'note', rule: rule.id, text });
            }}
          />
        ) : (
          rule.note
        )}
      </td>
      {onChange && (
        <td>
          <Actions rule={rule.id} number={number} isLast={isLast} onChange={onChange} />
        </td>
      )}
    </tr>
  );
}

interface ActionsProps {
  rule: string;
  number: number;
  isLast: boolean;
  onChange: (change: Change) => void;
}

function Actions({ rule, number, isLast, onChange }: ActionsProps) {
  const { t } = useTranslation('decisions');
  const actions = [
    { text: t('addShort'), label: t('addAfter', { number }), change: { what: 'add', after: rule } as const },
    ...(number > 1
      ? [{ text: t('up'), label: t('upOf', { number }), change: { what: 'move', rule, by: -1 } as const }]
      : []),
    ...(isLast
      ? []
      : [{ text: t('down'), label: t('downOf', { number }), change: { what: 'move', rule, by: 1 } as const }]),
    { text: t('remove'), label: t('removeOf', { number }), change: { what: 'remove', rule } as const },
  ];
  return (
    <details className={styles.more}>
      <summary>
        {t('more')}
        <span className="visually-hidden"> {t('rule', { number })}</span>
      </summary>
      {actions.map(({ text, label, change }) => (
        <Button
          key={label}
          look="plain"
          aria-label={label}
          onClick={() => {
            onChange(change);
          }}
        >
          {text}
        </Button>
      ))}
    </details>
  );
}
