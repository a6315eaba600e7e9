import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { PageTitle } from '@/shared/ui/PageTitle';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { CaseFacts } from './cases/CaseFacts';
import { EventItem } from './events/EventItem';
import listStyles from './events/EventList.module.css';
import { exportQuery } from './queries';
import { changesOf } from './replay/events';
import { runsByEvent, runsOf } from './replay/walk';
import { useVersionNames, useVersions } from './useVersions';
import styles from './DossierPage.module.css';

const route = getRouteApi('/shell/audit/cases/$caseId/dossier');

/** The whole case for paper: every event with its data and decisions, the proof, and who took it out when. */
export function DossierPage() {
  const { t } = useTranslation('audit');
  const { caseId } = route.useParams();
  const { data, error, refetch } = useQuery(exportQuery(caseId));
  const events = data?.history ?? [];
  const versions = useVersionNames(useVersions(runsOf(events)));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const runs = runsByEvent(events);
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
      <CaseFacts found={data.case} version={versions.get(events[0]?.version ?? '')} />
      <p>
        {data.verification.isIntact
          ? t('dossier.intact', { count: events.length })
          : t('dossier.broken', { number: data.verification.brokenAt ?? 0 })}{' '}
        {t('dossier.lastHash')} <code>{events.at(-1)?.hash}</code>
      </p>
      <h2>{t('case.events')}</h2>
      <ol className={listStyles.list}>
        {events.map((event) => (
          <EventItem
            key={event.sequence}
            event={event}
            changes={changesOf(event)}
            version={versions.get(runs.get(event.sequence)?.version ?? event.version)}
            onPaper
          />
        ))}
      </ol>
    </article>
  );
}
