import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { verificationQuery, type Outline } from '../queries';

/** Whether what is told is what was written: the chain of hashes, computed anew. */
export function Proof({ caseId, outline: { length, erased } }: { caseId: string; outline: Outline }) {
  const { t } = useTranslation('audit');
  const { data, error, refetch } = useQuery(verificationQuery(caseId));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  // What is said meanwhile takes the same room, so that nothing slips away under a pointer when the answer comes.
  if (!data || data.isIntact)
    return (
      <Notice tone={data ? 'good' : 'info'} title={t(data ? 'proof.intact' : 'proof.checking')}>
        <p data-loading={data ? undefined : true}>
          {t(data ? 'proof.intactWhy' : 'proof.checkingWhy', { count: length })}
        </p>
        {erased > 0 && <p>{t('proof.erased', { count: erased })}</p>}
      </Notice>
    );
  return (
    <Notice tone="error" title={t('proof.broken', { number: data.brokenAt ?? 0 })}>
      <p>{t('proof.brokenWhy')}</p>
      <p lang="en">{data.reason}</p>
    </Notice>
  );
}
