import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import { retry, useOperation, type Incident } from './operate';
import { ReasonForm } from './ReasonForm';
import styles from './IncidentItem.module.css';

/** Tries again what failed, and tells when it failed again. */
export function TryAgain({ incident }: { incident: Incident }) {
  const { t } = useTranslation('audit');
  const again = useOperation((why: string) => retry(incident, why));
  const name = t(incident.toBeSeen ? 'incidents.seen' : 'incidents.retry');
  return (
    <section className={styles.way} aria-labelledby="try-again">
      <h2 id="try-again">{name}</h2>
      <p>{t(incident.toBeSeen ? 'incidents.seenWhat' : 'incidents.retryWhat')}</p>
      <div role="status">
        {again.data?.incident.state === 'open' && (
          <Notice tone="error" title={t('incidents.failedAgain')}>
            <p>{t('incidents.seeAbove')}</p>
          </Notice>
        )}
      </div>
      <ReasonForm submit={name} look="primary" busy={again.isPending} error={again.error} onSend={again.mutate} />
    </section>
  );
}
