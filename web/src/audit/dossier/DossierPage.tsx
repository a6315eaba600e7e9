import '../texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { PageProblem } from '@/shared/ui/PageProblem';
import { CaseFacts } from '../cases/CaseFacts';
import { EventItem } from '../events/EventItem';
import listStyles from '../events/EventList.module.css';
import { EVENTS_A_PART, exportQuery, outlineQuery } from '../queries';
import { useVersionNames, useVersions, versionAt } from '../useVersions';
import styles from './DossierPage.module.css';
import { usePageFoot } from './usePageFoot';

const DiagramsAtEnd = lazy(async () => ({ default: (await import('./DiagramsAtEnd')).DiagramsAtEnd }));
const route = getRouteApi('/shell/audit/cases/$caseId/dossier');

/** The whole case for paper: every event with its data and decisions, the proof, and who took it out when. */
export function DossierPage() {
  const { t } = useTranslation('audit');
  const { caseId } = route.useParams();
  const { part = 1 } = route.useSearch();
  const { data, error, refetch } = useQuery(exportQuery(caseId, part));
  const { data: outline } = useQuery(outlineQuery(caseId));
  const events = data?.history ?? [];
  const ran = outline?.ran ?? [];
  const versions = useVersions(ran);
  const names = useVersionNames(versions);
  usePageFoot(
    data ? t('dossier.foot', { number: data.case.number, when: momentOf(data.exportedAt), name: data.exportedBy }) : '',
  );
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const parts = Math.ceil(data.length / EVENTS_A_PART);
  return (
    <article className={styles.dossier}>
      <p className={styles.screen}>
        <Link to="/audit/cases/$caseId" params={{ caseId }}>
          {t('dossier.back')}
        </Link>
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('dossier.print')}
        </Button>
      </p>
      <PageTitle>{t('dossier.title', { number: data.case.number })}</PageTitle>
      <p>{t('dossier.taken', { when: momentOf(data.exportedAt), name: data.exportedBy })}</p>
      <CaseFacts found={data.case} about={data.about} version={names.get(ran[0]?.version ?? '')} onPaper />
      <p>
        {data.verification.isIntact
          ? t('dossier.intact', { count: data.length })
          : t('dossier.broken', { number: data.verification.brokenAt ?? 0 })}{' '}
        {t('dossier.lastHash')} <code>{events.at(-1)?.hash}</code>
      </p>
      {outline && outline.erased > 0 && <p>{t('proof.erased', { count: outline.erased })}</p>}
      {parts > 1 && (
        <>
          <p>{t('dossier.part', { part, parts, first: events[0]?.sequence, last: events.at(-1)?.sequence })}</p>
          <nav className={styles.screen} aria-label={t('dossier.parts')}>
            {Array.from({ length: parts }, (_, index) => index + 1).map((number) => (
              <Link key={number} from="/audit/cases/$caseId/dossier" search={{ part: number }} preload={false}>
                {t('dossier.partNumber', { number })}
              </Link>
            ))}
          </nav>
        </>
      )}
      {part === 1 && (
        <Suspense fallback={<Loading />}>
          <DiagramsAtEnd caseId={caseId} versions={versions} names={names} />
        </Suspense>
      )}
      <h2>{t('case.events')}</h2>
      <ol className={listStyles.list}>
        {events.map((event) => (
          <EventItem
            key={event.sequence}
            caseId={caseId}
            event={event}
            version={names.get(versionAt(ran, event))}
            onPaper
          />
        ))}
      </ol>
    </article>
  );
}
