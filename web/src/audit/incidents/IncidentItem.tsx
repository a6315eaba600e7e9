import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { useProcessName } from '../names';
import type { IncidentRow } from './queries';
import { stepName } from './stepName';
import styles from './IncidentItem.module.css';

/** One incident in the list: which case, what it means, since when. */
export function IncidentItem({ row: { incident, case: found } }: { row: IncidentRow }) {
  const { t } = useTranslation('audit');
  const process = useProcessName(found.process);
  return (
    <li className={incident.state === 'open' ? styles.incident : `${styles.incident} ${styles.solved}`}>
      <h2 className={styles.title}>
        <Link to="/audit/incidents/$incidentId" params={{ incidentId: incident.id }} data-content>
          {found.number} · {process}
        </Link>
      </h2>
      <p>{incident.text[currentLanguage()]}</p>
      <p className={styles.facts}>
        {incident.name && <span data-content>{stepName(incident)}</span>}
        <span>{t('incidents.since', { when: momentOf(incident.openedAt) })}</span>
        {incident.resolvedAt && <span>{t('incidents.solvedAt', { when: momentOf(incident.resolvedAt) })}</span>}
        {incident.attempts > 1 && <span>{t('incidents.attempts', { count: incident.attempts })}</span>}
      </p>
    </li>
  );
}
