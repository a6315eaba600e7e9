import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { diagramQuery } from '../queries';
import { lengthOf } from './lengths';
import type { StatisticsSearch } from './statisticsSearch';
import { marksOf, nameOf, stepsShown, type Statistics, type Step } from './steps';
import { StepTable } from './StepTable';
import styles from './StatisticsPage.module.css';
import stepStyles from '../Steps.module.css';

interface Props {
  found: Statistics;
  search: StatisticsSearch;
  onChange: (change: Partial<Record<keyof StatisticsSearch, unknown>>) => void;
}

/** The figures on a diagram, and the same as a table. */
export function StepsDrawn({ found, search, onChange }: Props) {
  const { t } = useTranslation('audit');
  const language = currentLanguage();
  const [selected, setSelected] = useState<string>();
  const shown = found.diagrams.find(({ path }) => path === (search.diagram ?? '')) ?? found.diagrams[0];
  const words = useStepWords();
  const marks = useMemo(() => marksOf(found.steps, shown?.path ?? '', words), [found, shown, words]);
  const { data: xml, error } = useQuery({
    ...diagramQuery(shown?.process ?? '', shown?.version ?? 0),
    enabled: shown !== undefined,
  });
  const drawn = useMemo(() => xml && inLanguage(xml, language), [xml, language]);
  if (!shown) return null;
  const titleOf = ({ path, name, nameEn, version }: (typeof found.diagrams)[number]) =>
    `${t('case.versionOf', { name: language === 'sv' ? name : nameEn, version })}${path ? ` (${path})` : ''}`;
  const { sort = 'waiting', rising = false } = search;
  return (
    <>
      {found.diagrams.length > 1 && (
        <div className={styles.which}>
          <Select
            label={t('replay.which')}
            value={shown.path}
            choices={found.diagrams.map((one) => ({ value: one.path, text: titleOf(one) }))}
            onChoose={(diagram) => {
              onChange({ diagram });
            }}
          />
        </div>
      )}
      {error && <ProblemNotice error={error} />}
      {!drawn && !error && <Loading />}
      {drawn && (
        <DiagramViewer
          xml={drawn}
          label={t('statistics.picture', { title: titleOf(shown) })}
          marks={marks}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      <ul className={stepStyles.key}>
        {(['waiting', 'passed', 'median', 'stuck'] as const).map((sign) => (
          <li key={sign}>{t(`statistics.sign.${sign}`)}</li>
        ))}
      </ul>
      <h2>{t('statistics.steps')}</h2>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={search.all ?? false}
          onChange={(event) => {
            onChange({ all: event.target.checked || undefined });
          }}
        />{' '}
        {t('statistics.everything')}
      </label>
      <StepTable
        steps={stepsShown(found.steps, { ...search, diagram: shown.path }, language)}
        diagrams={found.diagrams}
        title={titleOf(shown)}
        sort={sort}
        rising={rising}
        selected={selected}
        onSort={(column) => {
          onChange({ sort: column, rising: (column === sort && !rising) || undefined });
        }}
        onSelect={setSelected}
        onOpen={(diagram) => {
          onChange({ diagram });
        }}
      />
      <p className={styles.note}>{t('statistics.how')}</p>
    </>
  );
}

/** A step's figures in words, for those who point at its mark. */
function useStepWords(): (step: Step) => string {
  const { t, i18n } = useTranslation('audit');
  return useMemo(() => {
    const language = i18n.language === 'en' ? 'en' : 'sv';
    return (step: Step) =>
      [
        nameOf(step, language),
        step.stuck > 0 && `${t('statistics.column.stuck')}: ${String(step.stuck)}`,
        `${t('statistics.column.waiting')}: ${String(step.waiting)}`,
        `${t('statistics.column.passed')}: ${String(step.passed)}`,
        step.medianSeconds !== null && `${t('statistics.column.median')}: ${lengthOf(step.medianSeconds)}`,
        step.p90Seconds !== null && `${t('statistics.column.p90')}: ${lengthOf(step.p90Seconds)}`,
      ]
        .filter(Boolean)
        .join('. ');
  }, [t, i18n.language]);
}
