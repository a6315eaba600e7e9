import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { ColumnFields } from './ColumnFields';
import styles from './Decisions.module.css';
import type { Change } from './dmnChanges';
import type { DecisionInFile } from './dmnXml';
import { RuleRow } from './RuleRow';

const POLICIES = [
  'UNIQUE',
  'FIRST',
  'ANY',
  'PRIORITY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT SUM',
  'COLLECT MIN',
  'COLLECT MAX',
  'COLLECT COUNT',
] as const;

interface Props {
  decision: DecisionInFile;
  matched: readonly string[];
  wrong: readonly string[];
  /** Without it the table is for reading only. */
  onChange?: (change: Change) => void;
}

/** The rules of a table with a field for each cell: everything that the drawn table can say, by ordinary fields. */
export function RuleFields({ decision, matched, wrong, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  // The same function always, so that a change of one rule does not draw the others anew.
  const change = useCallback((one: Change) => latest.current?.(one), []);
  const columns = [
    ...decision.inputs.map(({ label }) => t('when', { label: label || t('unnamed') })),
    ...decision.outputs.map(({ label }) => t('then', { label: label || t('unnamed') })),
  ];
  const policy = POLICIES.find((one) => one === decision.hitPolicy);
  return (
    <div className={styles.page}>
      {onChange ? (
        <Select
          label={t('hitPolicy')}
          value={decision.hitPolicy}
          choices={POLICIES.map((one) => ({ value: one, text: t(`policy.${one}`) }))}
          onChoose={(text) => {
            if (text) onChange({ what: 'hitPolicy', text });
          }}
        />
      ) : (
        <p>
          {t('hitPolicy')}: {policy ? t(`policy.${policy}`) : decision.hitPolicy}
        </p>
      )}
      {onChange && <p>{t('cellHint')}</p>}
      <div
        className={styles.scroller}
        {...(onChange ? {} : { role: 'region', 'aria-label': decision.name, tabIndex: 0 })}
      >
        <table className={styles.rules}>
          <caption className="visually-hidden">{decision.name}</caption>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column, place) => (
                <th scope="col" key={String(place)} data-content>
                  {column}
                </th>
              ))}
              <th scope="col">{t('note')}</th>
              {onChange && <td />}
            </tr>
          </thead>
          <tbody>
            {decision.rules.map((rule, at) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                number={at + 1}
                columns={columns}
                standing={matched.includes(rule.id) ? 'matched' : wrong.includes(rule.id) ? 'wrong' : undefined}
                isLast={at === decision.rules.length - 1}
                onChange={onChange && change}
              />
            ))}
          </tbody>
        </table>
      </div>
      {onChange && (
        <div>
          <Button
            onClick={() => {
              onChange({ what: 'add', after: decision.rules.at(-1)?.id ?? '' });
            }}
          >
            {t('addRule')}
          </Button>
        </div>
      )}
      {onChange && <ColumnFields decision={decision} onChange={onChange} />}
    </div>
  );
}
