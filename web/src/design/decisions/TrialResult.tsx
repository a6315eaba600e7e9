import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import styles from './Decisions.module.css';
import type { Trial, TriedTable } from './trial';

/** The answer in words: the value, the rules that matched, what stopped the others; or why there is none. */
export function TrialResult({ trial }: { trial: Trial | undefined }) {
  const { t } = useTranslation('decisions');
  const language = currentLanguage();
  const value = trial?.value === 'null' ? t('noValue') : trial?.value;
  return (
    <div className={styles.result}>
      <h3>{t('result')}</h3>
      <div role="status">
        {value !== null && value !== undefined && (
          <p className={styles.value} data-content>
            <output>{value}</output>
          </p>
        )}
        {trial?.problem && (
          <Notice tone="warning" title={t('cannot')}>
            <p data-content>{trial.problem[language]}</p>
          </Notice>
        )}
        {trial && trial.findings.length > 0 && (
          <Notice tone="warning" title={t('broken')}>
            <p data-content>{trial.findings[0]?.message[language]}</p>
          </Notice>
        )}
      </div>
      {trial?.decisions.slice(0, -1).map((one) => (
        <p key={one.decision} data-content>
          {t('tookFirst', { name: one.name, value: one.value })}
        </p>
      ))}
      {trial?.tables.map((table, index) => (
        <Told key={`${table.decision} ${String(index)}`} table={table} />
      ))}
    </div>
  );
}

function Told({ table }: { table: TriedTable }) {
  const { t } = useTranslation('decisions');
  return (
    <div>
      <p className={styles.tableName} data-content>
        {table.name} ({table.hitPolicy})
      </p>
      <ul className={styles.told} data-content>
        {table.matched.length === 0 && <li>{t('noRule')}</li>}
        {table.matched.map((one) => (
          <li key={one.id} className={styles.good}>
            <span aria-hidden>▶ </span>
            {t('ruleMatched', {
              number: one.number,
              outputs: Object.entries(one.outputs)
                .map(([name, value]) => (Object.keys(one.outputs).length > 1 ? `${name} = ${value}` : value))
                .join(', '),
            })}
          </li>
        ))}
        {table.refused.map((one) => (
          <li key={one.id}>{t('ruleRefused', one)}</li>
        ))}
        {table.untried.length > 0 && (
          <li>{t('untried', { count: table.untried.length, rules: table.untried.join(', ') })}</li>
        )}
      </ul>
    </div>
  );
}
