import './texts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { NewDrafts } from './NewDrafts';
import { PackageItem } from './PackageItem';
import styles from './PackagesPage.module.css';
import { definitionsQuery } from './packages';

/** Every process: those on their way, and which version of the others is live, since when, by whom, with how many cases. */
export function PackagesPage() {
  const { t } = useTranslation('design');
  const { data, error, isPending, refetch } = useQuery(definitionsQuery);
  return (
    <div className={styles.page}>
      <PageTitle>{t('packages.title')}</PageTitle>
      <p>{t('packages.about')}</p>
      <p className={styles.ways}>
        <Link to="/design/new" className={styles.begin}>
          {t('packages.new')}
        </Link>
        <Link to="/design/import" search={{}}>
          {t('packages.import')}
        </Link>
        <Link to="/design/forms">{t('packages.forms')}</Link>
      </p>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && <NewDrafts deployed={data} />}
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
