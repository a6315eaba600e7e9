import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dayOf } from '@/shared/time';
import type { Case } from './cases';
import type { Who } from '@/shared/useSubjects';
import { useTitle, useUnitName } from './names';
import styles from './TaskRowItem.module.css';

/** One case in a list: whom it is about, what people call it, how it stands, and whose it is. */
export function CaseRowItem({ row, who }: { row: Case; who: Who | undefined }) {
  const { t } = useTranslation('work');
  const titleOf = useTitle();
  const unitName = useUnitName();
  return (
    <li className={styles.row}>
      <Link to="/work/cases/$caseId" params={{ caseId: row.id }} className={styles.name} data-content>
        {row.number} · {titleOf(row.title)}
      </Link>
      {who && (
        <span className={styles.case} data-content>
          <span className={styles.who}>{who.name}</span>
          {who.isProtected && <strong className={styles.mark}>{t('tasks.protected')}</strong>}
        </span>
      )}
      <span className={styles.facts}>
        <span>{t(`case.statuses.${row.status as 'active'}`)}</span>
        <span data-content>{unitName(row.unit)}</span>
        <span>{t('cases.began', { date: dayOf(row.startedAt) })}</span>
        {row.responsible && <span>{t('cases.responsible', { name: row.responsible.name })}</span>}
      </span>
    </li>
  );
}
