import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { addressOf, askFilesNow, type CaseFile } from './beside';
import styles from './Beside.module.css';
import { shownAs } from './fileRules';

interface Props {
  file: CaseFile;
  caseId: string;
}

/** A picture or a text, on the page. */
export function ShownFile({ file, caseId }: Props) {
  return shownAs(file.mediaType) === 'picture' ? (
    <Picture file={file} caseId={caseId} />
  ) : (
    <PlainText file={file} caseId={caseId} />
  );
}

/** One that does not come is asked for once more, when a session that has ended is gone into again. */
function Picture({ file, caseId }: Props) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const [tries, setTries] = useState(0);
  const [failure, setFailure] = useState<unknown>();
  async function again(): Promise<void> {
    try {
      await askFilesNow(queries, caseId);
      setFailure(undefined);
      setTries((count) => count + 1);
    } catch (problem) {
      setFailure(problem);
    }
  }
  if (failure !== undefined) return <ProblemNotice error={failure} onRetry={() => void again()} />;
  return (
    <img
      key={tries}
      className={styles.picture}
      src={addressOf(caseId, file)}
      alt={t('files.picture', { name: file.name })}
      onError={() => {
        if (tries === 0) void again();
      }}
    />
  );
}

function PlainText({ file, caseId }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ['case', caseId, 'files', file.id, 'text'],
    queryFn: () => {
      const params = { path: { case_id: caseId, file_id: file.id } };
      return ask(api.GET('/api/v1/cases/{case_id}/files/{file_id}', { params, parseAs: 'text' })) as Promise<string>;
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <pre className={styles.plain} data-content>
      {data}
    </pre>
  );
}
