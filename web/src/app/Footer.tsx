import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './Footer.module.css';

/** What every page must lead to: how accessible it is, and whose work it is built on. */
export function Footer() {
  const { t } = useTranslation();
  return (
    <footer className={styles.footer}>
      <nav aria-label={t('footer.label')} className={styles.links}>
        <Link to="/about/accessibility">{t('footer.accessibility')}</Link>
        <a href="/third-party-notices.md">{t('footer.notices')}</a>
      </nav>
    </footer>
  );
}
