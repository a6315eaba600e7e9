import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import type { Finding } from '../drafts';
import styles from './Decisions.module.css';
import { type Place, placeOf } from './places';

interface Props {
  xml: string;
  findings: readonly Finding[];
  /** Called with the field that a finding is about, or with its line where it is about none. */
  onGo: (to: Place | number) => void;
}

/** What the check says about the file, each with the way to where it is mended. */
export function FileFindings({ xml, findings, onGo }: Props) {
  const { t } = useTranslation('decisions');
  const language = currentLanguage();
  return (
    <div>
      <p role="status">{t('problems', { count: findings.length })}</p>
      <ul className={styles.told} data-content>
        {findings.map((one, index) => {
          const to = placeOf(xml, one.element) ?? one.line;
          return (
            <li key={`${one.rule} ${String(index)}`}>
              <strong>{t(one.severity === 'error' ? 'error' : 'warning')}</strong> {one.message[language]}{' '}
              {one.remedy[language]}{' '}
              {to !== null && (
                <button
                  type="button"
                  className={styles.go}
                  onClick={() => {
                    onGo(to);
                  }}
                >
                  {typeof to === 'number' ? t('goToLine', { line: to }) : t('goToField')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
