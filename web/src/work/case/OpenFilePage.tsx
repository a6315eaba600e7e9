import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { addressOf, filesQuery } from './beside';

const route = getRouteApi('/shell/work/cases/$caseId/files/$fileId');

/** The way to a file in a tab of its own: past signing in where that is needed, and never to an answer for machines. */
export function OpenFilePage() {
  const { t } = useTranslation('case');
  const { caseId, fileId } = route.useParams();
  const { data, error, refetch } = useQuery(filesQuery(caseId));
  const file = data?.items.find(({ id }) => id === fileId);
  useEffect(() => {
    if (file) window.location.replace(`${addressOf(caseId, file)}?inline=true`);
  }, [caseId, file]);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (data && !file)
    return (
      <>
        <PageTitle>{t('files.goneTitle')}</PageTitle>
        <p>{t('files.gone')}</p>
      </>
    );
  return (
    <>
      {file && <PageTitle>{file.name}</PageTitle>}
      <Loading />
    </>
  );
}
