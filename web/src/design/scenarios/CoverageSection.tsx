import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramViewer } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { CoverageTable } from './CoverageTable';
import styles from './Scenarios.module.css';
import { type Coverage, marksOf, type Report, timesIn } from './scenarios';

/** Which ways scenarios took, all of them or one: on the diagram, as a list of what is left, and as a table. */
export function CoverageSection({ report }: { report: Report }) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  const [process, setProcess] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const coverage = report.coverage.find((one) => one.process === process) ?? report.coverage[0];
  if (!coverage) return null;
  return (
    <section className={styles.section} aria-labelledby="coverage">
      <h2 id="coverage">{t('coverage')}</h2>
      <div className={styles.choices}>
        {report.coverage.length > 1 && (
          <Select
            label={t('which')}
            value={coverage.process}
            choices={report.coverage.map((one) => ({ value: one.process, text: one.name[language] }))}
            onChoose={setProcess}
          />
        )}
        {report.scenarios.length > 1 && (
          <Select
            label={t('by')}
            value={chosen ?? ''}
            choices={[
              { value: '', text: t('all') },
              ...report.scenarios.map(({ file, title }, index) => ({
                value: file,
                text: `${String(index + 1)}. ${title}`,
              })),
            ]}
            onChoose={setChosen}
          />
        )}
      </div>
      <p>
        {t('elements', {
          covered: coverage.elements.covered,
          total: coverage.elements.total,
          flowsCovered: coverage.flows.covered,
          flowsTotal: coverage.flows.total,
        })}
      </p>
      <Shown key={coverage.process} coverage={coverage} report={report} chosen={chosen} />
    </section>
  );
}

function Shown({ coverage, report, chosen }: { coverage: Coverage; report: Report; chosen: string | undefined }) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  const scenarios = report.scenarios.filter(({ file }) => chosen === undefined || file === chosen);
  const times = timesIn(scenarios, coverage.process);
  const missing = coverage.parts.filter(({ id }) => !times.has(id));
  const words = { missed: t('never'), passed: (count: number) => t('times', { count }) };
  return (
    <>
      {coverage.diagram && (
        <>
          <ul className={styles.legend} aria-label={t('legend')}>
            <li>
              <span className={styles.ok} aria-hidden="true">
                ✓{' '}
              </span>
              {t('legendPassed')}
            </li>
            <li>
              <span className={styles.wrong} aria-hidden="true">
                0{' '}
              </span>
              {t('legendMissed')}
            </li>
          </ul>
          <DiagramViewer
            xml={inLanguage(coverage.diagram, language)}
            label={t('diagramOf', { name: coverage.name[language] })}
            marks={marksOf(coverage.parts, times, words)}
          />
        </>
      )}
      <h3>{t(chosen === undefined ? 'unreached' : 'unreachedBy')}</h3>
      {missing.length === 0 ? (
        <p>{t('everything')}</p>
      ) : (
        <ul className={styles.plain} data-content>
          {missing.map((part) => (
            <li key={part.id}>
              {part.name[language]} <span className={styles.soft}>({part.kind[language]})</span>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t('table')}</summary>
        <CoverageTable coverage={coverage} times={times} scenarios={report.scenarios} />
      </details>
    </>
  );
}
