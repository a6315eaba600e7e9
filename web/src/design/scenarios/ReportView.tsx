import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import { CoverageSection } from './CoverageSection';
import { ScenarioResult } from './ScenarioResult';
import styles from './Scenarios.module.css';
import type { Report } from './scenarios';

/** How the scenarios went, each step by step, and which ways they took. */
export function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation('scenarios');
  const all = report.scenarios.length;
  const failed = report.scenarios.filter(({ passed }) => !passed).length;
  return (
    <>
      <div role="status">
        {all === 0 ? (
          <Notice tone="info">{t('none')}</Notice>
        ) : failed === 0 ? (
          <Notice tone="good">{t('passed', { count: all })}</Notice>
        ) : (
          <Notice tone="warning">{t('failed', { failed, all })}</Notice>
        )}
      </div>
      {all > 0 && (
        <section className={styles.section} aria-labelledby="results">
          <h2 id="results">{t('results')}</h2>
          <ol className={styles.results}>
            {report.scenarios.map((scenario, index) => (
              <ScenarioResult key={scenario.file} scenario={scenario} number={index + 1} />
            ))}
          </ol>
        </section>
      )}
      <CoverageSection report={report} />
    </>
  );
}
