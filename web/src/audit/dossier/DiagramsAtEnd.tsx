import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { diagramQuery, walkQuery, type Definition } from '../queries';
import type { WalkEvent } from '../replay/events';
import { marksOf, useWords } from '../replay/marks';
import { momentAt } from '../replay/moments';
import { runsOf } from '../replay/runs';
import { type ElementTold } from '../replay/walk';
import { Table } from '../Table';
import { When } from '../When';
import styles from './DossierPage.module.css';

interface Props {
  caseId: string;
  versions: ReadonlyMap<string, Definition>;
  /** What a version is called, by its id. */
  names: ReadonlyMap<string, string>;
}

/** Each diagram that ran, marked by all that has happened, and the same as a table. */
export function DiagramsAtEnd({ caseId, versions, names }: Props) {
  const { t } = useTranslation('audit');
  const { data: events, error, refetch } = useQuery(walkQuery(caseId));
  const moment = useMemo(() => events && momentAt(events, Infinity), [events]);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!events || !moment) return <Loading />;
  const at = new Map(events.map((event) => [event.sequence, event]));
  return (
    <>
      <h2>{t('dossier.diagrams')}</h2>
      {runsOf(events).map(({ key, path, version }) => (
        <DiagramAtEnd
          key={key}
          title={`${names.get(version) ?? version}${path ? ` (${path})` : ''}`}
          definition={versions.get(version)}
          told={moment.elements.get(key) ?? new Map()}
          events={at}
        />
      ))}
    </>
  );
}

interface OneProps {
  title: string;
  definition: Definition | undefined;
  told: ReadonlyMap<string, ElementTold>;
  events: ReadonlyMap<number, WalkEvent>;
}

function DiagramAtEnd({ title, definition, told, events }: OneProps) {
  const { t } = useTranslation('audit');
  const language = currentLanguage();
  const words = useWords();
  const marks = useMemo(() => marksOf(told, words), [told, words]);
  const { data: xml } = useQuery({
    ...diagramQuery(definition?.key ?? '', definition?.version ?? 0),
    enabled: definition !== undefined,
  });
  const drawn = useMemo(() => xml && inLanguage(xml, language), [xml, language]);
  const rows = [...told.values()].toSorted((a, b) => a.last - b.last);
  return (
    <section className={styles.diagram} aria-label={title}>
      <div className={styles.drawn}>
        <h3 data-content>{title}</h3>
        {drawn && <DiagramViewer xml={drawn} label={t('replay.picture', { title })} marks={marks} />}
      </div>
      <Table
        label={t('replay.table', { title })}
        columns={[t('replay.step'), t('replay.happened'), t('replay.latest')]}
      >
        {rows.map((one) => (
          <tr key={one.element}>
            <th scope="row" data-content>
              {(language === 'en' && one.nameEn) || one.name || one.element}
            </th>
            <td>{words(one).join(', ')}</td>
            <td>
              <When at={events.get(one.last)?.at ?? ''} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
