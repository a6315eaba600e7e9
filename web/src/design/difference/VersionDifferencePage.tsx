import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { useProcessName } from '../useProcessName';
import { PageProblem } from '@/shared/ui/PageProblem';
import { CompareWith } from './CompareWith';
import styles from './Difference.module.css';
import { versionDifferenceQuery } from './differences';
import { DifferenceView } from './DifferenceView';

const route = getRouteApi('/shell/design/packages/$processKey/versions/$version/difference');

/** What a version changed in the one before it. */
export function VersionDifferencePage() {
  const { processKey, version } = route.useParams();
  const { from } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation('difference');
  const { data, error, refetch } = useQuery(versionDifferenceQuery(processKey, Number(version), from));
  const name = useProcessName(processKey);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={styles.page}>
      <p>
        <Link to="/design/packages/$processKey" params={{ processKey }}>
          {t('back', { name })}
        </Link>
      </p>
      <PageTitle>{t('title.version', { version, name })}</PageTitle>
      <p>{data.before === null ? t('about.first') : t('about.version', { version, before: data.before })}</p>
      {data.before !== null && (
        <CompareWith
          processKey={processKey}
          chosen={data.before}
          below={Number(version)}
          onChoose={(chosen) => void navigate({ search: { from: chosen }, replace: true })}
        />
      )}
      <DifferenceView difference={data} />
    </div>
  );
}
