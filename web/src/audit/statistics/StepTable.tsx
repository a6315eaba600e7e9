import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Table } from '../Table';
import { lengthOf } from './lengths';
import { COLUMNS, type Column } from './statisticsSearch';
import { nameOf, type Statistics, type Step } from './steps';
import styles from './StatisticsPage.module.css';
import stepStyles from '../Steps.module.css';

interface Props {
  steps: readonly Step[];
  diagrams: Statistics['diagrams'];
  title: string;
  sort: Column;
  rising: boolean;
  selected: string | undefined;
  onSort: (column: Column) => void;
  onSelect: (element: string) => void;
  onOpen: (diagram: string) => void;
}

/** The diagram as a table: every step in figures, sorted by any of them. */
export function StepTable({ steps, diagrams, title, sort, rising, selected, onSort, onSelect, onOpen }: Props) {
  const { t } = useTranslation('audit');
  const language = currentLanguage();
  const columns = COLUMNS.map((column) => ({
    text: t(`statistics.column.${column}`),
    order: sort === column ? orderOf(column, rising) : ('none' as const),
    onSort: () => {
      onSort(column);
    },
  }));
  return (
    <Table label={t('statistics.table', { title })} columns={columns}>
      {steps.map((step) => (
        <tr key={step.path} className={step.element === selected ? styles.selected : undefined}>
          <th scope="row">
            <button
              type="button"
              className={stepStyles.steplink}
              aria-pressed={step.element === selected}
              data-content
              onClick={() => {
                onSelect(step.element);
              }}
            >
              {nameOf(step, language)}
            </button>
            {!step.isDrawn && <div className={styles.note}>{t('statistics.olderVersion')}</div>}
            {diagrams.some(({ path }) => path !== '' && path === step.path) && (
              <div>
                <button
                  type="button"
                  className={stepStyles.steplink}
                  aria-label={t('statistics.openOf', { name: nameOf(step, language) })}
                  onClick={() => {
                    onOpen(step.path);
                  }}
                >
                  {t('replay.open')}
                </button>
              </div>
            )}
          </th>
          <td>{step.waiting}</td>
          <td>{step.waitingSince ? <time dateTime={step.waitingSince}>{momentOf(step.waitingSince)}</time> : '–'}</td>
          <td>{step.stuck}</td>
          <td>{step.passed}</td>
          <td>{step.medianSeconds === null ? '–' : lengthOf(step.medianSeconds)}</td>
          <td>{step.p90Seconds === null ? '–' : lengthOf(step.p90Seconds)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Names begin with A, figures with the largest, unless turned round. */
function orderOf(column: Column, rising: boolean): 'ascending' | 'descending' {
  return (column === 'name') !== rising ? 'ascending' : 'descending';
}
