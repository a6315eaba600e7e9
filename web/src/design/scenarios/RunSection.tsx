import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { FindingsRefusal } from '../exchange/FindingsRefusal';
import { ReportView } from './ReportView';
import type { Report } from './scenarios';

/** Plays scenarios, and tells how they went. */
export function RunSection({ run }: { run: UseMutationResult<Report, Error, void> }) {
  const { t } = useTranslation('scenarios');
  return (
    <>
      <p>{t('about')}</p>
      <div>
        <Button
          look="primary"
          busy={run.isPending}
          onClick={() => {
            run.mutate();
          }}
        >
          {t('run')}
        </Button>
      </div>
      {run.isPending && <p role="status">{t('running')}</p>}
      {run.error && <FindingsRefusal error={run.error} />}
      {run.data && !run.isPending && <ReportView key={run.submittedAt} report={run.data} />}
    </>
  );
}
