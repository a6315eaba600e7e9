import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import type { CaseSearch } from '../caseSearch';
import { changesOf, type DataChange, type HistoryEvent } from '../replay/events';
import type { Run } from '../replay/walk';
import { EventItem } from './EventItem';
import { sortOf } from './sorts';
import styles from './EventList.module.css';

const STEP = 100;

interface Props {
  events: readonly HistoryEvent[];
  search: CaseSearch;
  runs: ReadonlyMap<number, Run>;
  /** What a version is called, by its id. */
  versions: ReadonlyMap<string, string>;
}

/** Everything that happened, in one row: people, rules, timers and systems. */
export function EventList({ events, search, runs, versions }: Props) {
  const { t } = useTranslation(['audit', 'shared']);
  const [most, setMost] = useState(STEP);
  const chosen = events.filter((event) => isChosen(event, search));
  const written = writtenBefore(events);
  return (
    <div className={styles.events}>
      <p role="status">
        {chosen.length > 0 ? t('events.shown', { shown: chosen.length, all: events.length }) : t('events.none')}
      </p>
      <ol className={styles.list}>
        {chosen.slice(0, most).map((event) => (
          <EventItem
            key={event.sequence}
            event={event}
            changes={event.type === 'data-changed' ? changesOf(event) : (written.get(event.sequence) ?? [])}
            version={versions.get(runs.get(event.sequence)?.version ?? event.version)}
          />
        ))}
      </ol>
      {chosen.length > most && (
        <div>
          <Button
            onClick={() => {
              setMost(most + STEP);
            }}
          >
            {t('shared:action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function isChosen(event: HistoryEvent, { sort, person, element, details }: CaseSearch): boolean {
  if (sort && sortOf(event) !== sort) return false;
  if (person && event.actor.id !== person) return false;
  if (element && event.element !== element) return false;
  return Boolean(details ?? sort ?? element) || !event.isDetail;
}

/** What was written in a task or decided, with the event that tells of it: data are told right before or after it. */
function writtenBefore(events: readonly HistoryEvent[]): Map<number, readonly DataChange[]> {
  const found = new Map<number, readonly DataChange[]>();
  events.forEach((event, index) => {
    if (event.type !== 'task-completed' && event.type !== 'decision-evaluated') return;
    const before = events[index - 1];
    if (before?.type === 'data-changed' && before.element === event.element && before.at === event.at)
      found.set(event.sequence, changesOf(before));
  });
  return found;
}
