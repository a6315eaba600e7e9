import './texts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { PackageItem } from './PackageItem';
import styles from './PackagesPage.module.css';
import { definitionsQuery } from './packages';

/** Every process that is deployed: which version is live, since when and by whom, and how many cases run on each. */
export function PackagesPage() {
  const { t } = useTranslation('design');
  const { data, error, isPending, refetch } = useQuery(definitionsQuery);
  return (
    <div className={styles.page}>
      <PageTitle>{t('packages.title')}</PageTitle>
      <p>{t('packages.about')}</p>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data?.length === 0 && <p role="status">{t('packages.none')}</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((definition) => (
            <PackageItem key={definition.key} live={definition} />
          ))}
        </ul>
      )}
    </div>
  );
}
