import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface Props {
  tone: 'info' | 'good' | 'warning' | 'error';
  title?: string;
  children?: ReactNode;
}

/** A boxed message. An error is spoken at once, the others when the reader comes to them. */
export function Notice({ tone, title, children }: Props) {
  return (
    <div className={[styles.notice, styles[tone]].join(' ')} role={tone === 'error' ? 'alert' : undefined}>
      {title !== undefined && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
