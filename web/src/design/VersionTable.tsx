import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './PackagesPage.module.css';
import { versionsQuery } from './packages';

/** All versions of a process, newest first, with how many cases go on on each. */
export function VersionTable({ processKey, name }: { processKey: string; name: string }) {
  const { t } = useTranslation('design');
  const { data, error, refetch } = useQuery(versionsQuery(processKey));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <table className={styles.versions}>
      <caption className="visually-hidden">{t('packages.versionsOf', { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('versions.number')}</th>
          <th scope="col">{t('versions.when')}</th>
          <th scope="col">{t('versions.by')}</th>
          <th scope="col">{t('versions.cases')}</th>
          <th scope="col">{t('versions.note')}</th>
        </tr>
      </thead>
      <tbody>
        {data.map((version, index) => (
          <tr key={version.version}>
            <th scope="row">
              {version.version} {index === 0 && <span className={styles.live}>{t('versions.live')}</span>}
            </th>
            <td data-label={t('versions.when')}>{momentOf(version.deployedAt)}</td>
            <td data-label={t('versions.by')}>{version.deployedBy.name}</td>
            <td data-label={t('versions.cases')}>{version.openCases ?? '–'}</td>
            <td data-label={t('versions.note')}>{version.note || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
