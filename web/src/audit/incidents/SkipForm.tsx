import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import { skip, useOperation, type Incident } from './operate';
import styles from './IncidentItem.module.css';

/** Lets the case go past what is stuck, with a reason that history keeps. */
export function SkipForm({ incident }: { incident: Incident }) {
  const { t } = useTranslation('audit');
  const skipping = useOperation(({ reason, flows }: { reason: string; flows: string[] }) =>
    skip(incident, reason, flows),
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        const flows = String(typed.get('flows')).split(/[\s,]+/);
        if (!skipping.isPending)
          skipping.mutate({ reason: String(typed.get('reason')).trim(), flows: flows.filter(Boolean) });
      }}
    >
      {skipping.error && <ProblemNotice error={skipping.error} />}
      <p>{t('incidents.skipWhat')}</p>
      <TextField label={t('incidents.flows')} hint={t('incidents.flowsHint')} name="flows" />
      <TextField label={t('incidents.reason')} name="reason" required maxLength={500} />
      <div>
        <Button type="submit" look="danger" busy={skipping.isPending}>
          {t('incidents.skipNow')}
        </Button>
      </div>
    </form>
  );
}
