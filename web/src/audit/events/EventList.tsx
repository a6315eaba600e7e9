import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { MoreRows } from '@/shared/ui/MoreRows';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import type { CaseSearch } from '../caseSearch';
import { eventsQuery, type Outline } from '../queries';
import { versionAt } from '../useVersions';
import { EventItem } from './EventItem';
import styles from './EventList.module.css';

interface Props {
  caseId: string;
  outline: Outline;
  search: CaseSearch;
  /** What a version is called, by its id. */
  versions: ReadonlyMap<string, string>;
}

/** Everything that happened and was chosen, in one row: people, rules, timers and systems; a page at a time. */
export function EventList({ caseId, outline, search, versions }: Props) {
  const { t } = useTranslation('audit');
  const query = useInfiniteQuery(eventsQuery(caseId, search));
  const { data, error, isPending, hasNextPage, refetch } = query;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading />;
  const events = data.pages.flatMap((page) => page.items);
  const told = { shown: events.length, all: outline.length };
  return (
    <div className={styles.events}>
      <p role="status">
        {events.length === 0 && !hasNextPage && t('events.none')}
        {(events.length > 0 || hasNextPage) && t(hasNextPage ? 'events.shownFirst' : 'events.shown', told)}
      </p>
      <ol className={styles.list}>
        {events.map((event) => (
          <EventItem
            key={event.sequence}
            caseId={caseId}
            event={event}
            version={versions.get(versionAt(outline.ran, event))}
          />
        ))}
      </ol>
      <MoreRows of={query} />
    </div>
  );
}
