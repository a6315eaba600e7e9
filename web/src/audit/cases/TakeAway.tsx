import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './TakeAway.module.css';

/** The case as a file or on paper. That somebody takes it away is put on record. */
export function TakeAway({ caseId }: { caseId: string }) {
  const { t } = useTranslation('audit');
  const address = `/api/v1/cases/${caseId}/export`;
  return (
    <section className={styles.take} aria-labelledby="take-away">
      <h2 id="take-away">{t('export.title')}</h2>
      <ul className={styles.ways}>
        <li>
          <Link to="/audit/cases/$caseId/dossier" params={{ caseId }} preload={false}>
            {t('export.dossier')}
          </Link>
        </li>
        <li>
          <a href={`${address}.json`} download>
            {t('export.json')}
          </a>
        </li>
        <li>
          <a href={`${address}.csv`} download>
            {t('export.csv')}
          </a>
        </li>
      </ul>
      <p>{t('export.logged')}</p>
    </section>
  );
}
