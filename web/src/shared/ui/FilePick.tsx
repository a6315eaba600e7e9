import type { InputHTMLAttributes, Ref } from 'react';
import styles from './FilePick.module.css';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  /** What the button says. */
  text: string;
  ref?: Ref<HTMLInputElement>;
}

/** The button that picks a file. The browser's own speaks the browser's language: it lies unseen over this one, for hands and keys alike. */
export function FilePick({ text, ...input }: Props) {
  return (
    <label className={styles.pick}>
      {text}
      <input {...input} type="file" title="" className={styles.native} />
    </label>
  );
}
