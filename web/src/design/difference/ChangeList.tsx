import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { type Change, howOf } from './differences';
import styles from './Difference.module.css';

const SIGNS = { added: '+', removed: '−', changed: '≠', rewritten: '~' } as const;

/** What is new, gone or changed, each with what has changed in it. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const language = currentLanguage();
  return (
    <ul className={styles.changes}>
      {changes.map((change, index) => (
        <li key={`${change.id} ${String(index)}`}>
          <p>
            <HowMark how={change.how} /> <strong data-content>{change.name[language]}</strong>{' '}
            <span className={styles.kind} data-content>
              ({change.kind[language]})
            </span>
          </p>
          {change.details.length > 0 && (
            <ul className={styles.details} data-content>
              {change.details.map((detail) => (
                <li key={detail.en}>{detail[language]}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What became of something: a sign, a colour and a word. */
export function HowMark({ how }: { how: string }) {
  const { t } = useTranslation('difference');
  const told = howOf({ how });
  return (
    <span className={[styles.how, styles[told]].join(' ')}>
      <span aria-hidden="true">{SIGNS[told]} </span>
      {t(`how.${told}`)}
    </span>
  );
}
