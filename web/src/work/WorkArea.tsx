import './texts';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './WorkArea.module.css';

/** The coach's part: the ways to its lists above whatever page is open. */
export function WorkArea() {
  const { t } = useTranslation('work');
  return (
    <>
      <nav aria-label={t('area.label')} className={styles.ways}>
        <Link to="/work/tasks" activeOptions={{ includeSearch: false }}>
          {t('area.tasks')}
        </Link>
        <Link to="/work/cases" activeOptions={{ includeSearch: false }}>
          {t('area.cases')}
        </Link>
        <Link to="/work/start" activeOptions={{ includeSearch: false }}>
          {t('area.start')}
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
