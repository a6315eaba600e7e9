import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '@/shared/ui/Select';
import { STATUSES, type CaseFilter, type Sought } from '../caseFilter';
import { ProcessChoice, UnitChoice, VersionChoice } from '../filters/choices';
import { ColleagueChoice } from '../filters/ColleagueChoice';
import styles from '../filters/Filters.module.css';
import { TypedFilters } from '../filters/TypedFilters';

interface Props {
  filter: CaseFilter;
  sought: Sought;
  /** Called with what has changed of each. */
  onChange: (
    filter: Partial<Record<keyof CaseFilter, unknown>>,
    sought?: Partial<Record<keyof Sought, unknown>>,
  ) => void;
}

/** Which cases to list. Choices hold at once; what is typed holds when it is sent. */
export function CaseFilters({ filter, sought, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { number } = filter;
  return (
    <search className={styles.filters}>
      <TypedFilters
        key={JSON.stringify([number, sought.who])}
        fields={[
          { name: 'who', label: t('cases.who') },
          { name: 'number', label: t('cases.number') },
        ]}
        values={{ ...(sought.who && { who: sought.who }), ...(number && { number }) }}
        submit={t('cases.search')}
        onSend={({ who, ...typed }) => {
          onChange(typed, { who });
        }}
      />
      <div className={styles.choices}>
        <Select
          label={t('cases.status')}
          value={filter.status ?? ''}
          choices={[
            { value: '', text: t('cases.anyStatus') },
            ...STATUSES.map((value) => ({ value, text: t(`status.${value}`) })),
          ]}
          onChoose={(status) => {
            onChange({ status });
          }}
        />
        <ProcessChoice
          any
          value={filter.process}
          onChoose={(process) => {
            onChange({ process, version: undefined });
          }}
        />
        {filter.process && (
          <VersionChoice
            process={filter.process}
            value={filter.version}
            onChoose={(version) => {
              onChange({ version });
            }}
          />
        )}
        <UnitChoice
          value={filter.unit}
          onChoose={(unit) => {
            onChange({ unit });
          }}
        />
      </div>
      <MoreFilters filter={filter} sought={sought} onChange={onChange} />
    </search>
  );
}

/** Colleagues and days, which are asked for more seldom: folded away unless one of them is chosen. */
function MoreFilters({ filter: { from, to }, sought: { worker, responsible }, onChange }: Props) {
  const { t } = useTranslation('audit');
  const [isOpen, setOpen] = useState(Boolean(from ?? to ?? worker ?? responsible));
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary className={styles.more}>{t('cases.more')}</summary>
      <div className={styles.filters}>
        <div className={styles.choices}>
          <ColleagueChoice
            label={t('cases.worker')}
            value={worker}
            onChoose={(chosen) => {
              onChange({}, { worker: chosen });
            }}
          />
          <ColleagueChoice
            label={t('cases.responsible')}
            value={responsible}
            onChoose={(chosen) => {
              onChange({}, { responsible: chosen });
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
          submit={t('cases.between')}
          onSend={onChange}
        />
      </div>
    </details>
  );
}
