import { useTranslation } from 'react-i18next';
import { Select } from '@/shared/ui/Select';
import { ProcessChoice, UnitChoice, VersionChoice } from '../filters/choices';
import styles from '../filters/Filters.module.css';
import { TypedFilters } from '../filters/TypedFilters';
import { WHICH, type StatisticsSearch } from './statisticsSearch';

interface Props {
  /** The process that is counted. */
  process: string;
  search: StatisticsSearch;
  onChange: (change: Partial<Record<keyof StatisticsSearch, unknown>>) => void;
}

/** Which cases are counted. Choices hold at once; days hold when they are sent. */
export function StatisticsFilters({ process, search, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { from, to } = search;
  return (
    <search className={styles.filters}>
      <div className={styles.choices}>
        <ProcessChoice
          value={process}
          onChoose={(chosen) => {
            onChange({ process: chosen, version: undefined, diagram: undefined });
          }}
        />
        <VersionChoice
          process={process}
          value={search.version}
          onChoose={(version) => {
            onChange({ version, diagram: undefined });
          }}
        />
        <Select
          label={t('statistics.which')}
          value={search.which ?? ''}
          choices={[
            { value: '', text: t('statistics.both') },
            ...WHICH.map((value) => ({ value, text: t(`statistics.${value}`) })),
          ]}
          onChoose={(which) => {
            onChange({ which });
          }}
        />
        <UnitChoice
          value={search.unit}
          onChoose={(unit) => {
            onChange({ unit });
          }}
        />
      </div>
      <TypedFilters
        key={JSON.stringify([from, to])}
        fields={[
          { name: 'from', label: t('cases.from'), isDay: true },
          { name: 'to', label: t('cases.to'), isDay: true },
        ]}
        values={{ ...(from && { from }), ...(to && { to }) }}
        submit={t('statistics.count')}
        onSend={onChange}
      />
    </search>
  );
}
