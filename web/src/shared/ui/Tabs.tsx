import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

interface Props {
  label: string;
  /** Links, of which the one that leads here is marked by the router. */
  children: ReactNode;
  className?: string | undefined;
}

/** A row of ways between pages, or between the parts of one. */
export function Tabs({ label, children, className }: Props) {
  return (
    <nav aria-label={label} className={[styles.tabs, className].filter(Boolean).join(' ')}>
      {children}
    </nav>
  );
}
