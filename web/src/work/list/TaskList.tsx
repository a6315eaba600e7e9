import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { partOf, PARTS } from '../dueWords';
import type { TaskFilter } from '../taskFilter';
import { TaskRowItem } from '../TaskRowItem';
import type { TaskRow } from '../tasks';
import { markOf, type ListNews } from './listNews';
import { RowActions } from './RowActions';
import styles from './TaskList.module.css';
import { useSubjects } from '@/shared/useSubjects';

interface Props {
  rows: readonly TaskRow[];
  filter: TaskFilter;
  news: ListNews | undefined;
  isNew: (id: string) => boolean;
  /** Which row has the focus when the list comes: the task that one comes back from. */
  focused: string | undefined;
  /** The tasks that one has done something with here. */
  own: ReadonlySet<string>;
  onDone: (id: string) => void;
}

/** The rows under headings to jump between: by due time in words, else under the order's name. */
export function TaskList({ rows, filter, news, isNew, focused, own, onDone }: Props) {
  const { t } = useTranslation('work');
  const me = useSession().userId;
  const whoOf = useSubjects(rows);
  const list = useRef<HTMLDivElement>(null);
  const first = focused ?? rows.find(({ task }) => isNew(task.id))?.task.id;
  useEffect(() => {
    if (first)
      list.current?.querySelector<HTMLElement>(`[data-task="${CSS.escape(first)}"] a`)?.focus({ preventScroll: false });
  }, [first]);
  const parts = filter.sort
    ? [{ name: t(`tasks.sorts.${filter.sort}`), of: rows }]
    : PARTS.map((part) => ({
        name: t(`tasks.parts.${part}`),
        of: rows.filter(({ task }) => partOf(task.due) === part),
      }));
  return (
    <div ref={list} className={styles.parts}>
      {parts
        .filter(({ of }) => of.length > 0)
        .map(({ name, of }) => (
          <section key={name} className={styles.part}>
            <h2 className={styles.name}>{name}</h2>
            <ul className={styles.list}>
              {of.map((row) => {
                const mark = markOf(row.task, news, me, own);
                const now = news?.standing.get(row.task.id) ?? row.task;
                return (
                  <TaskRowItem
                    key={row.task.id}
                    row={row}
                    who={whoOf(row)}
                    filter={filter}
                    now={now}
                    mark={mark}
                    isNew={isNew(row.task.id)}
                  >
                    {mark !== 'ended' && mark !== 'gone' && <RowActions task={now} onDone={onDone} />}
                  </TaskRowItem>
                );
              })}
            </ul>
          </section>
        ))}
    </div>
  );
}
