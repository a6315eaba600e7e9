import './texts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './CaseParts.module.css';

const PARTS = ['now', 'notes', 'files', 'answers', 'diagram', 'timeline'] as const;

/** The ways to the parts of a case's page. The one that is shown stands in the address. */
export function CaseParts({ caseId, hasTask }: { caseId: string; hasTask: boolean }) {
  const { t } = useTranslation('case');
  return (
    <nav aria-label={t('parts.label')} className={styles.parts}>
      {[...(hasTask ? (['task'] as const) : []), ...PARTS].map((part) => (
        <Link key={part} to="/work/cases/$caseId" params={{ caseId }} search={true} hash={part} replace>
          {t(`parts.${part}`)}
        </Link>
      ))}
    </nav>
  );
}
