import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { PageProblem } from '@/shared/ui/PageProblem';
import { DraftNav } from '../draft/DraftNav';
import { useProcessName } from '../useProcessName';
import { CompareWith } from './CompareWith';
import styles from './Difference.module.css';
import { draftDifferenceQuery } from './differences';
import { DifferenceView } from './DifferenceView';

const route = getRouteApi('/shell/design/drafts/$draftId/difference');

/** What a draft changes in what is live, and who goes on with which version when it is deployed. */
export function DraftDifferencePage() {
  const { draftId } = route.useParams();
  const { from } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation('difference');
  const { data, error, refetch } = useQuery(draftDifferenceQuery(draftId, undefined, from));
  const name = useProcessName(data?.key ?? '');
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={styles.page}>
      <PageTitle>{t('title.draft', { name })}</PageTitle>
      <DraftNav draftId={draftId} />
      <p>{data.before === null ? t('about.first') : t('about.draft', { before: data.before })}</p>
      {data.before !== null && (
        <CompareWith
          processKey={data.key}
          chosen={data.before}
          onChoose={(version) => void navigate({ search: { from: version }, replace: true })}
        />
      )}
      <DifferenceView difference={data} />
    </div>
  );
}
