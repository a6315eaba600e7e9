import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import { TaskRowItem } from './TaskRowItem';
import { tasksQuery } from './tasks';
import styles from './TaskDone.module.css';

/** What was done, and what to do next: first in the same case, else the first of the list. */
export function TaskDone({ name, caseId }: { name: string; caseId: string }) {
  const { t } = useTranslation('work');
  const { data } = useInfiniteQuery(tasksQuery({}));
  const rows = data?.pages[0]?.items ?? [];
  const next = rows.find((row) => row.task.caseId === caseId) ?? rows[0];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div className={styles.done} ref={box} tabIndex={-1} role="status">
      <Notice tone="good">
        <p>{t('task.done', { name })}</p>
      </Notice>
      {next && (
        <section>
          <h2>{t('tasks.next')}</h2>
          <ul className={styles.next}>
            <TaskRowItem row={next} />
          </ul>
        </section>
      )}
      <p>
        <Link to="/work/tasks" className={styles.link}>
          {t('task.toList')}
        </Link>
      </p>
      <p>
        <Link to="/work/cases/$caseId" params={{ caseId }} className={styles.link}>
          {t('case.toCase')}
        </Link>
      </p>
    </div>
  );
}
