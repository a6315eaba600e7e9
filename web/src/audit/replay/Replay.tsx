import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Notice } from '@/shared/ui/Notice';
import { Select } from '@/shared/ui/Select';
import type { CaseSearch } from '../caseSearch';
import type { CaseDetail, Definition, HistoryEvent } from '../queries';
import { DataThen } from './DataThen';
import { FormThen } from './FormThen';
import { RunDiagram } from './RunDiagram';
import { Slider } from './Slider';
import { momentAt, runsByEvent, runsOf } from './walk';
import styles from './Replay.module.css';

interface Props {
  detail: CaseDetail;
  events: readonly HistoryEvent[];
  search: CaseSearch;
  versions: ReadonlyMap<string, Definition>;
  /** What a version is called, by its id. */
  names: ReadonlyMap<string, string>;
  onChange: (change: Record<string, unknown>, how?: { replace?: boolean }) => void;
}

/** The case as it was at any moment: the diagram, the data and the form. */
export function Replay({ detail, events, search, versions, names, onChange }: Props) {
  const { t } = useTranslation('audit');
  const last = events.at(-1)?.sequence ?? 1;
  const at = Math.min(search.at ?? last, last);
  const event = events.find((one) => one.sequence === at);
  if (!event) return <p>{t('events.none')}</p>;
  const runs = runsOf(events);
  const moment = momentAt(events, at);
  const follows = runsByEvent(events).get(at);
  const run = runs.find(({ key }) => key === search.diagram) ?? follows ?? runs[0];
  const runName = (path: string, version: string) => `${names.get(version) ?? version}${path ? ` (${path})` : ''}`;
  return (
    <div className={styles.replay}>
      <h2 className="visually-hidden">{t('case.replay')}</h2>
      <Slider
        events={events}
        at={at}
        onMove={(to) => {
          onChange({ at: to });
        }}
      />
      <div className={styles.now}>
        <p className={styles.when}>
          {t('replay.now', { number: at, all: last, when: momentOf(event.at), name: event.actor.name })}
        </p>
        <p data-content>{event.text[currentLanguage()]}</p>
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
            events={events}
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
      <FormThen detail={detail} events={events} at={at} moment={moment} path={search.element ?? event.element} />
      <DataThen moment={moment} event={event} />
    </div>
  );
}
