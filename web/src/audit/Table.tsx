import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface Props {
  /** What the table tells, for those who come to it without what stands above. */
  label: string;
  columns: readonly string[];
  children: ReactNode;
}

/** A table that scrolls by itself where the window is narrow, also with the keys. */
export function Table({ label, columns, children }: Props) {
  return (
    // A part that scrolls must be reachable with the keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
