import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import styles from './NewTasks.module.css';

/** That the list would show more now. Nothing moves before one says so; it is spoken once, and counts on in silence. */
export function NewTasks({ count, onShow }: { count: number; onShow: () => Promise<void> }) {
  const { t } = useTranslation('work');
  const [isBusy, setBusy] = useState(false);
  async function show(): Promise<void> {
    setBusy(true);
    await onShow();
    setBusy(false);
  }
  return (
    <div className={styles.frame}>
      <p role="status" className="visually-hidden">
        {count > 0 ? t('tasks.newsSpoken') : ''}
      </p>
      {count > 0 && (
        <Button className={styles.show} busy={isBusy} onClick={() => void show()}>
          {t('tasks.news', { count })}
        </Button>
      )}
    </div>
  );
}
