import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary action on a page; the others are secondary or look like links. */
  look?: 'primary' | 'secondary' | 'plain' | 'danger';
  /** True while what it started is under way: it stays focusable and does nothing. */
  busy?: boolean;
}

export function Button({ look = 'secondary', busy = false, type = 'button', onClick, className, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={[styles.button, styles[look], className].filter(Boolean).join(' ')}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
