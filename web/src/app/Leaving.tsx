import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './Leaving.module.css';

interface Props {
  /** How many forms have something that lies on this device only. */
  count: number;
  onStay: () => void;
  onLeave: (left: 'kept' | 'dropped') => Promise<void>;
}

/** Signing out while something lies on this device only: others may use it too. */
export function Leaving({ count, onStay, onLeave }: Props) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<unknown>();
  async function leave(left: 'kept' | 'dropped'): Promise<void> {
    try {
      await onLeave(left);
    } catch (problem) {
      setFailure(problem);
    }
  }
  return (
    <Dialog title={t('leaving.title')} onClose={onStay}>
      <p>{t('leaving.why', { count })}</p>
      {failure !== undefined && <ProblemNotice error={failure} />}
      <div className={styles.ways}>
        <Button look="primary" onClick={onStay}>
          {t('leaving.stay')}
        </Button>
        <Button onClick={() => void leave('kept')}>{t('leaving.keep')}</Button>
        <Button look="danger" onClick={() => void leave('dropped')}>
          {t('leaving.drop')}
        </Button>
      </div>
    </Dialog>
  );
}
