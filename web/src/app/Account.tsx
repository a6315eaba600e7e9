import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dropAllLocal } from '@/shared/drafts';
import { signOut, useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import styles from './Account.module.css';

/** Who is signed in, and the way out. */
export function Account() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { name, userId } = useSession();
  async function leave(): Promise<void> {
    await signOut();
    dropAllLocal(userId);
    queries.clear();
    // A full load, so that nothing of what was shown stays in memory.
    window.location.assign('/sign-in');
  }
  return (
    <div className={styles.account}>
      <span>
        <span className="visually-hidden">{t('account.signedInAs', { name: '' })}</span>
        {name}
      </span>
      <Button look="plain" onClick={() => void leave()}>
        {t('account.signOut')}
      </Button>
    </div>
  );
}
