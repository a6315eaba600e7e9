import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import styles from './PageProblem.module.css';
import { PageTitle } from './PageTitle';
import { ProblemNotice } from './ProblemNotice';

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** Where a whole page would have been that could not be shown. */
export function PageProblem({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const gone = error instanceof ApiProblem && error.status === 404;
  return (
    <div className={styles.problem}>
      <PageTitle>{t(gone ? 'error.notFoundTitle' : 'error.title')}</PageTitle>
      <ProblemNotice error={error} {...(onRetry && !gone ? { onRetry } : {})} />
    </div>
  );
}
