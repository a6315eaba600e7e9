import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import { type Definition, restoreProcess, retireProcess } from '../packages';
import styles from './PackagePage.module.css';

/** Whether new cases begin, and the way to change that, with a reason. */
export function RetireSection({ live }: { live: Definition }) {
  const { t } = useTranslation('packages');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { retired } = live;
  const change = useMutation({
    mutationFn: () => (retired ? restoreProcess : retireProcess)(live.key, reason.trim()),
    onSuccess: async () => {
      setReason('');
      await queries.invalidateQueries({ queryKey: ['design'] });
    },
  });
  return (
    <section className={styles.section} aria-labelledby="new-cases">
      <h2 id="new-cases">{t('retired.title')}</h2>
      {retired ? (
        <p className={styles.warning} data-content>
          {t('retired.since', { moment: momentOf(retired.at), name: retired.by.name, reason: retired.reason })}
        </p>
      ) : (
        <p>{t('retired.open', { version: live.version })}</p>
      )}
      <p className={styles.soft}>{t('retired.goOn')}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setWrong(reason.trim() === '');
          if (reason.trim() !== '' && !change.isPending) change.mutate();
        }}
      >
        <TextField
          label={t('retired.why')}
          hint={t('retired.whyHint')}
          {...(isWrong ? { error: t('retired.whyWrong') } : {})}
          maxLength={1000}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            setWrong(false);
          }}
        />
        <Button type="submit" look={retired ? 'secondary' : 'danger'} busy={change.isPending}>
          {t(retired ? 'retired.restore' : 'retired.retire')}
        </Button>
      </form>
      {change.error && <ProblemNotice error={change.error} />}
      <div role="status">
        {change.data && !change.isPending && (
          <Notice tone="good">{t(change.data.retired ? 'retired.retired' : 'retired.restored')}</Notice>
        )}
      </div>
    </section>
  );
}
