import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { diagramQuery, type Definition } from '../queries';
import { Table } from '../Table';
import { When } from '../When';
import type { WalkEvent } from './events';
import { marksOf, useWords } from './marks';
import type { Run } from './runs';
import type { ElementTold } from './walk';
import stepStyles from '../Steps.module.css';

interface Props {
  run: Run;
  runs: readonly Run[];
  title: string;
  definition: Definition | undefined;
  told: ReadonlyMap<string, ElementTold>;
  /** The case's events by number. */
  events: ReadonlyMap<number, WalkEvent>;
  /** The path of the element that is looked at. */
  selected: string;
  onSelect: (path: string) => void;
  /** Opens the diagram of a called process. */
  onOpen: (run: string) => void;
}

/** The diagram of the version that ran, marked by what had happened, and the same as a table. */
export function RunDiagram({ run, title, definition, told, selected, onSelect, ...rest }: Props) {
  const { t } = useTranslation('audit');
  const words = useWords();
  const language = currentLanguage();
  const marks = useMemo(() => marksOf(told, words), [told, words]);
  const { data: xml, error } = useQuery({
    ...diagramQuery(definition?.key ?? '', definition?.version ?? 0),
    enabled: definition !== undefined,
  });
  const drawn = useMemo(() => xml && inLanguage(xml, language), [xml, language]);
  const pathOf = (element: string) => (run.path ? `${run.path}.${element}` : element);
  const here = [...told.keys()].find((element) => pathOf(element) === selected);
  return (
    <>
      {error && <ProblemNotice error={error} />}
      {!xml && !error && <Loading />}
      {drawn && (
        <DiagramViewer
          xml={drawn}
          label={t('replay.picture', { title })}
          marks={marks}
          selected={here}
          onSelect={(element) => {
            onSelect(pathOf(element));
          }}
        />
      )}
      <ul className={stepStyles.key}>
        <li>✓ {t('mark.done')}</li>
        <li>▶ {t('mark.here')}</li>
        <li>! {t('mark.stuck')}</li>
        <li>× {t('mark.withdrawn')}</li>
      </ul>
      <ElementTable told={told} title={title} selected={selected} pathOf={pathOf} onSelect={onSelect} {...rest} />
    </>
  );
}

interface TableProps extends Pick<Props, 'told' | 'title' | 'runs' | 'events' | 'selected' | 'onSelect' | 'onOpen'> {
  pathOf: (element: string) => string;
}

function ElementTable({ told, title, runs, events, selected, pathOf, onSelect, onOpen }: TableProps) {
  const { t } = useTranslation('audit');
  const words = useWords();
  const rows = [...told.values()].toSorted((a, b) => a.last - b.last);
  return (
    <Table label={t('replay.table', { title })} columns={[t('replay.step'), t('replay.happened'), t('replay.latest')]}>
      {rows.map((one) => (
        <tr key={one.element}>
          <th scope="row">
            <button
              type="button"
              className={stepStyles.steplink}
              aria-pressed={pathOf(one.element) === selected}
              data-content
              onClick={() => {
                onSelect(pathOf(one.element));
              }}
            >
              {(currentLanguage() === 'en' && one.nameEn) || one.name || one.element}
            </button>
            {runs
              .filter(({ path }) => path === pathOf(one.element))
              .map(({ key }) => (
                <div key={key}>
                  <button
                    type="button"
                    className={stepStyles.steplink}
                    onClick={() => {
                      onOpen(key);
                    }}
                  >
                    {t('replay.open')}
                  </button>
                </div>
              ))}
          </th>
          <td>{words(one).join(', ')}</td>
          <td>
            <When at={events.get(one.last)?.at ?? ''} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
