import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { useSession } from '@/shared/session';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import type { IncidentRow } from '../queries';
import { MendForm } from './MendForm';
import { RetryIncident } from './RetryIncident';
import { SkipForm } from './SkipForm';
import styles from './IncidentItem.module.css';

/** One incident: where, since when, what it means and what to do; and doing it, for those who may. */
export function IncidentItem({ row: { incident, case: found } }: { row: IncidentRow }) {
  const { t } = useTranslation('audit');
  const { roles, memberships } = useSession();
  const [open, setOpen] = useState<'mend' | 'skip'>();
  const mayOperate =
    roles.includes('administrator') || memberships.some((one) => one.unit === found.unit && one.manages);
  return (
    <li className={styles.incident}>
      <h2 className={styles.title}>
        <Link to="/audit/cases/$caseId" params={{ caseId: found.id }} data-content>
          {found.number} · {found.title}
        </Link>
      </h2>
      <p className={styles.facts}>
        <span>
          {t('incidents.where')} <code data-content>{incident.element}</code>
        </span>
        <span>{t('incidents.since', { when: momentOf(incident.openedAt) })}</span>
        {incident.attempts > 1 && <span>{t('incidents.attempts', { count: incident.attempts })}</span>}
      </p>
      <p>{incident.text[currentLanguage()]}</p>
      <details>
        <summary>{t('incidents.technical')}</summary>
        <p lang="en" data-content>
          {incident.kind}: {incident.message}
        </p>
      </details>
      {mayOperate ? (
        <>
          <div className={styles.ways}>
            <RetryIncident incident={incident} />
            {(['mend', 'skip'] as const).map((way) => (
              <Button
                key={way}
                aria-expanded={open === way}
                onClick={() => {
                  setOpen(open === way ? undefined : way);
                }}
              >
                {t(`incidents.${way}`)}
              </Button>
            ))}
          </div>
          {open === 'mend' && <MendForm incident={incident} />}
          {open === 'skip' && <SkipForm incident={incident} />}
        </>
      ) : (
        <p className={styles.facts}>{t('incidents.notYours')}</p>
      )}
    </li>
  );
}
