import type { ReactNode } from 'react';
import { Brand } from './Brand';
import { Footer } from './Footer';
import { LanguageSwitch } from './LanguageSwitch';
import styles from './OpenFrame.module.css';

interface Props {
  children: ReactNode;
}

/** What stands around the pages that need nobody to be signed in. */
export function OpenFrame({ children }: Props) {
  return (
    <>
      <header className={styles.header}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main id="content" className={styles.main}>
        {children}
      </main>
      <Footer />
    </>
  );
}
