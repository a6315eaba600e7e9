import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { retry, useOperation, type Incident } from './operate';

/** Tries again what failed, and tells when it failed again. */
export function RetryIncident({ incident }: { incident: Incident }) {
  const { t } = useTranslation('audit');
  const again = useOperation<undefined, Awaited<ReturnType<typeof retry>>>(() => retry(incident));
  const failed = again.data?.incident.state === 'open';
  return (
    <>
      <Button
        look="primary"
        busy={again.isPending}
        onClick={() => {
          again.mutate(undefined);
        }}
      >
        {t('incidents.retry')}
      </Button>
      {again.error && <ProblemNotice error={again.error} />}
      {failed && <Notice tone="error">{t('incidents.failedAgain')}</Notice>}
    </>
  );
}
