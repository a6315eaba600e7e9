import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { clockOf, dayOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { readCaseView } from './caseFilter';
import { historyQuery, type CaseDetail, type HistoryEntry } from './cases';
import styles from './CaseTimeline.module.css';

const route = getRouteApi('/shell/work/cases/$caseId');

/** What has happened, newest first, day by day. What a reader of the story can do without is shown on request. */
export function CaseTimeline({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const { details = false } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(about.case.id, about.historyLength),
  );
  const told = (data?.pages.flat() ?? []).filter(({ isDetail }) => details || !isDetail);
  return (
    <section className={styles.timeline} aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.title')}</h2>
      <label className={styles.details}>
        <input
          type="checkbox"
          checked={details}
          onChange={({ target }) => {
            const search = { details: target.checked };
            void navigate({ search: (was) => readCaseView({ ...was, ...search }), replace: true, resetScroll: false });
          }}
        />
        {t('timeline.details')}
      </label>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {byDay(told).map(([day, entries]) => (
        <div key={day} className={styles.day}>
          <h3>{day}</h3>
          <ol className={styles.list}>
            {entries.map(({ sequence, at, text }) => (
              <li key={sequence}>
                <time dateTime={at}>{clockOf(at)}</time>
                <span data-content>{text[currentLanguage()]}</span>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('timeline.earlier')}
          </Button>
        </div>
      )}
    </section>
  );
}

function byDay(entries: readonly HistoryEntry[]): [string, HistoryEntry[]][] {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
