import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countLocal, dropAllLocal, forgetOpen, saveOpen } from '@/shared/drafts';
import { signOut, useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import styles from './Account.module.css';
import { LanguageSwitch } from './LanguageSwitch';
import { Leaving } from './Leaving';

const LONGEST_SAVE_MS = 3000;

/** Who is signed in, the other language, and the way out, before which what is being typed is saved. On a phone it opens as a menu. */
export function Account() {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const { name, userId } = useSession();
  const [busy, setBusy] = useState(false);
  const [unsaved, setUnsaved] = useState(0);

  async function leave(): Promise<void> {
    setBusy(true);
    await Promise.race([saveOpen(), new Promise((resolve) => setTimeout(resolve, LONGEST_SAVE_MS))]);
    setBusy(false);
    const count = countLocal(userId);
    if (count > 0) setUnsaved(count);
    else await go('saved');
  }
  async function go(left: 'saved' | 'kept' | 'dropped'): Promise<void> {
    await signOut();
    if (left !== 'kept') {
      forgetOpen();
      dropAllLocal(userId);
    }
    queries.clear();
    // A full load, so that nothing of what was shown stays in memory.
    window.location.assign(`/sign-in?left=${left}`);
  }
  return (
    <>
      <Button popoverTarget={id} className={styles.menu}>
        {t('account.menu')}
      </Button>
      <div id={id} popover="auto" className={styles.account}>
        <LanguageSwitch />
        <span>
          <span className="visually-hidden">{t('account.signedInAs', { name: '' })}</span>
          {name}
        </span>
        <Button look="plain" busy={busy} onClick={() => void leave()}>
          {t('account.signOut')}
        </Button>
      </div>
      {unsaved > 0 && (
        <Leaving
          count={unsaved}
          onStay={() => {
            setUnsaved(0);
          }}
          onLeave={go}
        />
      )}
    </>
  );
}
