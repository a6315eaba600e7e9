import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { incidentsQuery } from './queries';
import styles from './AuditNav.module.css';

/** The parts of the auditor's workplace. */
export function AuditNav() {
  const { t } = useTranslation('audit');
  const { data } = useQuery(incidentsQuery);
  return (
    <nav aria-label={t('nav.label')} className={styles.nav}>
      <Link to="/audit" activeOptions={{ exact: true, includeSearch: false }}>
        {t('nav.cases')}
      </Link>
      <Link to="/audit/incidents">
        {data && data.length > 0 ? t('nav.incidentsCount', { number: data.length }) : t('nav.incidents')}
      </Link>
    </nav>
  );
}
