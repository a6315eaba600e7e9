import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, workplacesOf } from '@/shared/session';
import { awaitHeading } from '@/shared/ui/newPage';
import { Account } from './Account';
import { Brand } from './Brand';
import { Footer } from './Footer';
import { NoNetwork } from './NoNetwork';
import { Loading } from '@/shared/ui/Loading';
import { Tabs } from '@/shared/ui/Tabs';
import styles from './Shell.module.css';

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const places = workplacesOf(useSession());
  useFocusOnNewPage();
  return (
    <>
      <a className={`visually-hidden ${styles.skip ?? ''}`} href="#content">
        {t('skip')}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Brand />
          <div className={styles.rest}>
            {places.length > 1 && (
              <Tabs label={t('nav.label')} className={styles.nav}>
                {places.map((place) => (
                  <Link key={place} to={`/${place}`}>
                    {t(`nav.${place}`)}
                  </Link>
                ))}
              </Tabs>
            )}
            <Account />
          </div>
        </div>
      </header>
      <NoNetwork />
      <main id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
    </>
  );
}

/** The new page's heading gets the focus, as after a page load; typing in filters (the search part) moves nothing. */
function useFocusOnNewPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ fromLocation, toLocation }) => {
        if (fromLocation && fromLocation.pathname !== toLocation.pathname) awaitHeading();
      }),
    [router],
  );
}
