import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import { meant, mend, useOperation, type Incident } from './operate';
import styles from './IncidentItem.module.css';

/** Puts one value of the case right, with a reason that history keeps. */
export function MendForm({ incident }: { incident: Incident }) {
  const { t } = useTranslation('audit');
  const mending = useOperation(({ path, value, reason }: Record<'path' | 'value' | 'reason', string>) =>
    mend(incident, path, meant(value), reason),
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        const text = (name: string) => String(typed.get(name)).trim();
        if (!mending.isPending) mending.mutate({ path: text('path'), value: text('value'), reason: text('reason') });
      }}
    >
      {mending.error && <ProblemNotice error={mending.error} />}
      {mending.isSuccess && (
        <div role="status">
          <Notice tone="good">{t('incidents.mended')}</Notice>
        </div>
      )}
      {incident.call && (
        <p>
          {t('incidents.inCall')} <code data-content>{incident.call}</code>
        </p>
      )}
      <TextField label={t('incidents.path')} hint={t('incidents.pathHint')} name="path" required />
      <TextField label={t('incidents.value')} hint={t('incidents.valueHint')} name="value" required />
      <TextField label={t('incidents.reason')} name="reason" required maxLength={500} />
      <div>
        <Button type="submit" busy={mending.isPending}>
          {t('incidents.mendNow')}
        </Button>
      </div>
    </form>
  );
}
