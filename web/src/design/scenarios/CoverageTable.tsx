import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import styles from './Scenarios.module.css';
import { type Coverage, passing, type Scenario } from './scenarios';

interface Props {
  coverage: Coverage;
  times: ReadonlyMap<string, number>;
  scenarios: readonly Scenario[];
}

/** Each element and flow with how often it was passed, and by which scenarios. */
export function CoverageTable({ coverage, times, scenarios }: Props) {
  const { t } = useTranslation('scenarios');
  const language = currentLanguage();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('diagramOf', { name: coverage.name[language] })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('head.name')}</th>
          <th scope="col">{t('head.kind')}</th>
          <th scope="col">{t('head.times')}</th>
          <th scope="col">{t('head.by')}</th>
        </tr>
      </thead>
      <tbody>
        {coverage.parts.map((part) => (
          <tr key={part.id}>
            <th scope="row" data-content>
              {part.name[language]}
            </th>
            <td>{part.kind[language]}</td>
            <td>{times.get(part.id) ?? t('never')}</td>
            <td>{passing(scenarios, coverage.process, part.id).join(', ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
