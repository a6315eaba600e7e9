import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dayOf } from '@/shared/time';
import type { Who } from '@/shared/useSubjects';
import { useProcessName } from '../names';
import { unitsQuery, type Case } from '../queries';
import styles from '../CasesPage.module.css';

/** One case in the list: its number and whom it is about, then how it stands, what it is, whose and when. */
export function CaseItem({ row, who }: { row: Case; who: Who | undefined }) {
  const { t } = useTranslation('audit');
  const { data: units = [] } = useQuery(unitsQuery);
  const process = useProcessName(row.process);
  return (
    <li className={styles.row}>
      <Link to="/audit/cases/$caseId" params={{ caseId: row.id }} className={styles.name} data-content>
        {row.number} · {who?.name ?? process}
      </Link>
      <span className={styles.facts}>
        {who?.isProtected && <strong className={styles.status}>{t('cases.protected')}</strong>}
        <span className={styles.status}>{t(`status.${row.status as 'active'}`)}</span>
        {who && <span data-content>{process}</span>}
        <span data-content>{units.find((unit) => unit.id === row.unit)?.name ?? row.unit}</span>
        <span>
          {row.endedAt
            ? t('cases.wasOpen', { from: dayOf(row.startedAt), to: dayOf(row.endedAt) })
            : t('cases.openSince', { from: dayOf(row.startedAt) })}
        </span>
        {row.responsible && <span>{t('cases.responsibleIs', { name: row.responsible.name })}</span>}
      </span>
    </li>
  );
}
