import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/session';
import { Notice } from '@/shared/ui/Notice';
import { tasksFor } from './case/openTask';
import { caseQuery } from './cases';
import { useSubjects } from '@/shared/useSubjects';
import { readTaskFilter } from './taskFilter';
import { TaskRowItem } from './TaskRowItem';
import { tasksQuery, type Task } from './tasks';
import styles from './TaskDone.module.css';

interface Props {
  task: Task;
  name: string;
  children?: ReactNode;
}

/** What was done, and what to do next: first in the same case, there where the case is read, else the first of the list. */
export function TaskDone({ task: { id, caseId }, name, children }: Props) {
  const { t } = useTranslation('work');
  const isAtCase = useParams({ strict: false }).caseId === caseId;
  const filter = readTaskFilter(useSearch({ strict: false }));
  const session = useSession();
  const me = session.userId;
  const { data: about } = useQuery({ ...caseQuery(caseId), enabled: isAtCase });
  const here = about && tasksFor(session, about).find((task) => task.id !== id);
  const { data } = useInfiniteQuery(tasksQuery(filter));
  const rows = data?.pages[0]?.items.filter(({ task }) => !task.claimedBy || task.claimedBy.id === me) ?? [];
  const next = here
    ? { task: here, caseNumber: about.case.number, caseTitle: about.case.title, about: null }
    : (rows.find((row) => row.task.caseId === caseId) ?? rows[0]);
  const whoOf = useSubjects(next ? [next] : []);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div className={styles.done} ref={box} tabIndex={-1} role="status">
      <Notice tone="good">
        <p>{t('task.done', { name })}</p>
      </Notice>
      {children}
      {next && (
        <section>
          <h2>{t('tasks.next')}</h2>
          <ul className={styles.next}>
            <TaskRowItem row={next} who={whoOf(next)} filter={filter} inPlace={here !== undefined} />
          </ul>
        </section>
      )}
      <p>
        <Link to="/work/tasks" search={filter} className={styles.link}>
          {t('task.toList')}
        </Link>
      </p>
      {!isAtCase && (
        <p>
          <Link to="/work/cases/$caseId" params={{ caseId }} className={styles.link}>
            {t('case.toCase')}
          </Link>
        </p>
      )}
    </div>
  );
}
