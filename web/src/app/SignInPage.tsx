import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery, type Session } from '@/shared/session';
import { PageTitle } from '@/shared/ui/PageTitle';
import { LanguageSwitch } from './LanguageSwitch';
import { SignInForm } from './SignInForm';
import styles from './SignInPage.module.css';

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryClient();
  const { to = '/' } = useSearch({ from: '/sign-in' });
  function go(session: Session): void {
    queries.setQueryData(sessionQuery.queryKey, session);
    router.history.push(to);
  }
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <span className={styles.brand}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          {t('product')}
        </span>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>
        <PageTitle>{t('signIn.title')}</PageTitle>
        <SignInForm onSignedIn={go} />
      </main>
    </div>
  );
}
