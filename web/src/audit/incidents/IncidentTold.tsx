import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { useProcessName } from '../names';
import type { IncidentDetail } from './queries';
import styles from './IncidentItem.module.css';

/** What failed, where and since when, and what to do about it. */
export function IncidentTold({ detail }: { detail: IncidentDetail }) {
  const { t } = useTranslation('audit');
  const { incident, case: found } = detail;
  const process = useProcessName(detail.process);
  const name = currentLanguage() === 'sv' ? detail.name : detail.nameEn;
  return (
    <section className={styles.incident} aria-labelledby="what-failed">
      <h2 id="what-failed">{t('incidents.what')}</h2>
      <p>{incident.text[currentLanguage()]}</p>
      <p className={styles.facts}>
        {name && <span data-content>{t('incidents.step', { name })}</span>}
        <span data-content>{t('case.versionOf', { name: process, version: detail.version })}</span>
        <span>
          {t('incidents.triedTimes', {
            count: incident.attempts,
            first: momentOf(incident.openedAt),
            last: momentOf(incident.lastTriedAt),
          })}
        </span>
        {incident.resolvedAt && <span>{t('incidents.solvedAt', { when: momentOf(incident.resolvedAt) })}</span>}
      </p>
      <div>
        <h3>{t('incidents.technical')}</h3>
        <p lang={incident.told.sv === incident.told.en ? 'en' : undefined} data-content>
          {incident.told[currentLanguage()]}
        </p>
      </div>
      {detail.data && (
        <p>
          <Link to="/audit/cases/$caseId" params={{ caseId: found.id }} search={{ view: 'replay', details: true }}>
            {t('incidents.toCase')}
          </Link>
        </p>
      )}
    </section>
  );
}
