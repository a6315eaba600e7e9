import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import type { TaskFilter } from '../taskFilter';
import { ManageViews } from './ManageViews';
import { SaveView } from './SaveView';
import { filterOf, savedViewsQuery, viewOf } from './savedViews';
import styles from './SavedViews.module.css';

/** The views that one has named, and naming the one that stands in the address. */
export function SavedViews({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation('work');
  const { data: views, error, refetch } = useQuery(savedViewsQuery);
  const [open, setOpen] = useState<'save' | 'manage'>();
  const [said, setSaid] = useState('');
  const bar = useRef<HTMLDivElement>(null);
  function close(news: string): void {
    setOpen(undefined);
    setSaid(news);
    bar.current?.focus();
  }
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!views) return null;
  const isSaved = viewOf(filter, views) !== undefined;
  return (
    <section className={styles.views} aria-label={t('views.title')}>
      <div ref={bar} tabIndex={-1} className={styles.bar}>
        {views.length > 0 && (
          <ul className={styles.list} data-content>
            {views.map((view) => (
              <li key={view.id}>
                <Link
                  to="/work/tasks"
                  search={filterOf(view)}
                  activeOptions={{ exact: true }}
                  className={styles.view}
                  data-view
                >
                  {view.isStart && <span aria-hidden="true">★</span>}
                  {view.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {!isSaved && Object.keys(filter).length > 0 && (
          <Button
            look="plain"
            aria-expanded={open === 'save'}
            onClick={() => {
              setOpen(open === 'save' ? undefined : 'save');
            }}
          >
            {t('views.save')}
          </Button>
        )}
        {views.length > 0 && (
          <Button
            look="plain"
            aria-expanded={open === 'manage'}
            onClick={() => {
              setOpen(open === 'manage' ? undefined : 'manage');
            }}
          >
            {t('views.manage')}
          </Button>
        )}
      </div>
      <p role="status" className={said ? styles.said : 'visually-hidden'}>
        {said}
      </p>
      {open === 'save' && !isSaved && (
        <SaveView
          filter={filter}
          onSaved={(name) => {
            close(t('views.saved', { name }));
          }}
          onCancel={() => {
            close('');
          }}
        />
      )}
      {open === 'manage' && views.length > 0 && <ManageViews views={views} onSaid={setSaid} />}
    </section>
  );
}
