import { useTranslation } from 'react-i18next';
import { untagged } from '../replay/events';
import { Table } from '../Table';
import { Told } from './Told';
import styles from './DecisionTold.module.css';

interface Rule {
  rule?: number;
  outputs?: Record<string, unknown>;
  note?: string;
}
interface DecisionTable {
  decision?: string;
  name?: string;
  hitPolicy?: string;
  inputs?: { label?: string; expression?: string; value?: unknown }[];
  matched?: Rule[];
  refused?: { rule?: number; input?: string; test?: string }[];
}
interface Explanation {
  tables?: DecisionTable[];
  decisions?: { decision?: string; name?: string; value?: unknown }[];
}

/** Why a decision came out as it did: what each table saw, the rules that matched, and the results. */
export function DecisionTold({ explanation }: { explanation: unknown }) {
  const { t } = useTranslation('audit');
  const { tables = [], decisions = [] } = untagged(explanation) as Explanation;
  return (
    <div className={styles.decision}>
      {tables.map((table, index) => (
        <TableTold key={index} table={table} />
      ))}
      <p className={styles.title}>{t('decision.results')}</p>
      <ul className={styles.rules}>
        {decisions.map(({ decision, name, value }) => (
          <li key={decision}>
            <span data-content>{name || decision}</span>: <Told value={value} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function TableTold({ table }: { table: DecisionTable }) {
  const { t } = useTranslation('audit');
  const { decision = '', name, hitPolicy = '', inputs = [], matched = [], refused = [] } = table;
  return (
    <div className={styles.decision}>
      <p className={styles.title} data-content>
        {name || decision} ({hitPolicy})
      </p>
      <Table label={t('decision.saw', { name: name || decision })} columns={[t('decision.input'), t('decision.value')]}>
        {inputs.map(({ label, expression, value }, index) => (
          <tr key={index}>
            <th scope="row" data-content>
              {label || expression}
            </th>
            <td>
              <Told value={value} />
            </td>
          </tr>
        ))}
      </Table>
      {matched.length === 0 && <p>{t('decision.noRule')}</p>}
      <ul className={styles.rules}>
        {matched.map(({ rule = 0, outputs, note }) => (
          <li key={rule}>
            <strong>{t('decision.rule', { rule })}</strong>{' '}
            <Told value={Object.values(outputs ?? {}).length === 1 ? Object.values(outputs ?? {})[0] : outputs} />
            {note && <span data-content> – {note}</span>}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <p data-content>
          {t('decision.refused')}{' '}
          {refused.map(({ rule = 0, input = '', test = '' }) => `${String(rule)} (${input}: ${test})`).join(', ')}
        </p>
      )}
    </div>
  );
}
