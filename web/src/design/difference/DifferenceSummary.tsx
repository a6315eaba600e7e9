import './texts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './Difference.module.css';
import { counted, draftDifferenceQuery } from './differences';
import { GoingOn } from './GoingOn';

/** What deploying the draft changes, in a few words, with the way to the whole of it. */
export function DifferenceSummary({ draftId, revision }: { draftId: string; revision: number }) {
  const { t } = useTranslation('difference');
  const { data, error } = useQuery(draftDifferenceQuery(draftId, revision));
  if (error) return <ProblemNotice error={error} />;
  if (!data || data.before === null) return null;
  const diagram = counted([...data.elements, ...data.flows]);
  const parts = counted(data.parts);
  const told = (counts: typeof parts) => counts.map(([how, count]) => t(`many.${how}`, { count })).join(', ');
  return (
    <div className={styles.section}>
      <h3>{t('summary.title')}</h3>
      {data.isEmpty && <p>{t('empty')}</p>}
      {diagram.length > 0 && (
        <p>
          {t('summary.diagram')} {told(diagram)}
        </p>
      )}
      {data.isMoved && <p>{t('moved')}</p>}
      {parts.length > 0 && (
        <p>
          {t('summary.parts')} {told(parts)}
        </p>
      )}
      <GoingOn difference={data} level="h3" />
      <p>
        <Link to="/design/drafts/$draftId/difference" params={{ draftId }} search={{}}>
          {t('summary.show')}
        </Link>
      </p>
    </div>
  );
}
