import type { ReactNode } from 'react';
import styles from './Table.module.css';

/** A column's heading; one that sorts says how the table is sorted by it. */
interface Heading {
  text: string;
  order: 'ascending' | 'descending' | 'none';
  onSort: () => void;
}

interface Props {
  /** What the table tells, for those who come to it without what stands above. */
  label: string;
  columns: readonly (string | Heading)[];
  children: ReactNode;
}

const ARROWS = { ascending: '▲', descending: '▼', none: '' } as const;

/** A table that scrolls by itself where the window is narrow, also with the keys. */
export function Table({ label, columns, children }: Props) {
  return (
    // A part that scrolls must be reachable with the keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) =>
              typeof column === 'string' ? (
                <th key={column} scope="col">
                  {column}
                </th>
              ) : (
                <th key={column.text} scope="col" aria-sort={column.order}>
                  <button type="button" className={styles.sorter} onClick={column.onSort}>
                    {column.text} <span aria-hidden="true">{ARROWS[column.order]}</span>
                  </button>
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
