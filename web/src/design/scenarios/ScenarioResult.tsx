import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import styles from './Scenarios.module.css';
import type { Scenario } from './scenarios';

const SIGNS = { done: '✓', failed: '!', untried: '–' } as const;

/** How one scenario went; where it stopped, and why, stands without being asked for. */
export function ScenarioResult({ scenario, number }: { scenario: Scenario; number: number }) {
  const { t } = useTranslation('scenarios');
  return (
    <li className={styles.result}>
      <h3 data-content>
        {number}. {scenario.title}
      </h3>
      <p>
        <span className={scenario.passed ? styles.ok : styles.wrong}>
          <span aria-hidden="true">{scenario.passed ? '✓' : '!'} </span>
          {t(scenario.passed ? 'ok' : 'wrong')}
        </span>{' '}
        <code className={styles.soft}>{scenario.file}</code>
      </p>
      <Failures scenario={scenario} />
      <details>
        <summary aria-label={t('showSteps', { title: scenario.title })} data-content>
          {t('steps')}
        </summary>
        <Steps scenario={scenario} />
      </details>
    </li>
  );
}

function Failures({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  return scenario.failures.map((failure, index) => {
    const step = scenario.steps.find((one) => one.number === failure.step);
    return (
      <div key={index} className={styles.failure} data-content>
        {step && (
          <p>
            {step.number ? `${t('step')} ${String(step.number)}: ` : ''}
            {step.text[language]}
            {failure.line !== null && ` (${t('atLine', { line: failure.line })})`}
          </p>
        )}
        <p>
          <strong>{failure.message[language]}</strong>
        </p>
        {(failure.expected || failure.actual) && (
          <dl>
            <dt>{t('expected')}</dt>
            <dd>
              <code>{failure.expected || '–'}</code>
            </dd>
            <dt>{t('actual')}</dt>
            <dd>
              <code>{failure.actual || '–'}</code>
            </dd>
          </dl>
        )}
      </div>
    );
  });
}

function Steps({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  return (
    <ol className={styles.steps} start={0}>
      {scenario.steps.map((step, index) => {
        const outcome = (['done', 'failed'] as const).find((one) => one === step.outcome) ?? 'untried';
        const look = outcome === 'done' ? styles.ok : outcome === 'failed' ? styles.wrong : styles.soft;
        return (
          <li key={index}>
            <span data-content>{step.text[language]}</span>{' '}
            <span className={look}>
              <span aria-hidden="true">{SIGNS[outcome]} </span>
              {t(`outcome.${outcome}`)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
