import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { useSlowly } from '@/shared/useSlowly';
import type { CaseSearch } from '../caseSearch';
import { eventQuery, walkQuery, type CaseDetail, type Definition } from '../queries';
import { DataThen } from './DataThen';
import type { WalkEvent } from './events';
import { FormThen } from './FormThen';
import { Moments } from './moments';
import { RunDiagram } from './RunDiagram';
import { Slider } from './Slider';
import { useMoment } from './useMoment';
import { runsByEvent, runsOf } from './runs';
import styles from './Replay.module.css';

const WAIT_MS = 150;

interface Props {
  detail: CaseDetail;
  search: CaseSearch;
  versions: ReadonlyMap<string, Definition>;
  /** What a version is called, by its id. */
  names: ReadonlyMap<string, string>;
  onChange: (change: Record<string, unknown>, how?: { replace?: boolean }) => void;
}

/** The case as it was at any moment: the diagram, the data and the form. Its events come slimmed, however many they are. */
export function Replay(props: Props) {
  const { data, error, refetch } = useQuery(walkQuery(props.detail.case.id));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return data ? <Walked {...props} events={data} /> : <Loading />;
}

function Walked({ detail, events, search, versions, names, onChange }: Props & { events: readonly WalkEvent[] }) {
  const { t } = useTranslation('audit');
  const last = events.at(-1)?.sequence ?? 1;
  const [at, moveTo] = useMoment(Math.min(search.at ?? last, last), (to) => {
    onChange({ at: to });
  });
  const runs = useMemo(() => runsOf(events), [events]);
  const moments = useMemo(() => new Moments(events), [events]);
  const moment = useMemo(() => moments.at(at), [moments, at]);
  const byNumber = useMemo(() => new Map(events.map((one) => [one.sequence, one])), [events]);
  const runOf = useMemo(() => runsByEvent(events), [events]);
  // Whoever holds a key down passes many events: only where they stop for a moment is the sentence asked for.
  const { data: told } = useQuery({
    ...eventQuery(detail.case.id, useSlowly(at, WAIT_MS)),
    placeholderData: keepPreviousData,
  });
  const event = byNumber.get(at);
  if (!event) return <p>{t('events.none')}</p>;
  const follows = runOf.get(at);
  const run = runs.find(({ key }) => key === search.diagram) ?? follows ?? runs[0];
  const runName = (path: string, version: string) => `${names.get(version) ?? version}${path ? ` (${path})` : ''}`;
  return (
    <div className={styles.replay}>
      <h2 className="visually-hidden">{t('case.replay')}</h2>
      <Slider last={last} text={told?.sequence === at ? told.text[currentLanguage()] : ''} at={at} onMove={moveTo} />
      <div className={styles.now}>
        <p className={styles.when}>
          {t('replay.now', { number: at, all: last, when: momentOf(event.at) })}
          {told?.sequence === at && `, ${t('replay.by', { name: told.actor.name })}`}
        </p>
        <p data-content>{told?.sequence === at ? told.text[currentLanguage()] : '…'}</p>
      </div>
      {moment.hasGaps && <Notice tone="warning">{t('replay.gaps')}</Notice>}
      <section className={styles.part} aria-labelledby="replay-diagram">
        <h3 id="replay-diagram">{t('replay.diagram')}</h3>
        {runs.length > 1 && (
          <Select
            label={t('replay.which')}
            value={search.diagram ?? ''}
            choices={[
              { value: '', text: t('replay.follow') },
              ...runs.map(({ key, path, version }) => ({ value: key, text: runName(path, version) })),
            ]}
            onChoose={(diagram) => {
              onChange({ diagram });
            }}
          />
        )}
        {run && (
          <RunDiagram
            run={run}
            runs={runs}
            title={runName(run.path, run.version)}
            definition={versions.get(run.version)}
            told={moment.elements.get(run.key) ?? new Map()}
            events={byNumber}
            selected={search.element ?? event.element}
            onSelect={(element) => {
              onChange({ element });
            }}
            onOpen={(diagram) => {
              onChange({ diagram });
            }}
          />
        )}
      </section>
      <FormThen detail={detail} events={events} event={event} moment={moment} path={search.element ?? event.element} />
      <DataThen caseId={detail.case.id} moment={moment} event={event} />
    </div>
  );
}
