import { useTranslation } from 'react-i18next';
import styles from './Difference.module.css';
import type { Difference } from './differences';

/** Who goes on with which version, whatever is deployed. */
export function GoingOn({ difference: { goingOn }, level = 'h2' }: { difference: Difference; level?: 'h2' | 'h3' }) {
  const { t } = useTranslation('difference');
  const Heading = level;
  return (
    <section className={styles.section} aria-labelledby="going-on">
      <Heading id="going-on">{t('going.title')}</Heading>
      <p>{goingOn.length === 0 ? t('going.none') : t('going.about')}</p>
      {goingOn.length > 0 && (
        <ul className={styles.plain}>
          {goingOn.map(({ version, openCases }) => (
            <li key={version}>{t('going.cases', { count: openCases, version })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
