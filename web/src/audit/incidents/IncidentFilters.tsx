import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { ProcessChoice, UnitChoice, VersionChoice } from '../filters/choices';
import styles from '../filters/Filters.module.css';
import { TypedFilters } from '../filters/TypedFilters';
import { incidentGroupsQuery } from './queries';
import type { IncidentFilter } from './incidentFilter';
import { stepName } from './stepName';

interface Props {
  filter: IncidentFilter;
  onChange: (change: Partial<Record<keyof IncidentFilter, unknown>>) => void;
}

/** Which incidents are listed. Choices hold at once; a day holds when it is sent. */
export function IncidentFilters({ filter, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { from, process, solved } = filter;
  return (
    <search className={styles.filters}>
      <div className={styles.choices}>
        <Select
          label={t('incidents.state')}
          value={solved ? 'solved' : ''}
          choices={[
            { value: '', text: t('incidents.open') },
            { value: 'solved', text: t('incidents.solvedOnes') },
          ]}
          onChoose={(state) => {
            onChange({ solved: state === 'solved' });
          }}
        />
        <ProcessChoice
          any
          value={process}
          onChoose={(chosen) => {
            onChange({ process: chosen, version: undefined, element: undefined });
          }}
        />
        {process && (
          <VersionChoice
            process={process}
            value={filter.version}
            onChoose={(version) => {
              onChange({ version });
            }}
          />
        )}
        <StuckChoices filter={filter} onChange={onChange} />
        <UnitChoice
          value={filter.unit}
          onChoose={(unit) => {
            onChange({ unit });
          }}
        />
      </div>
      <TypedFilters
        key={from}
        fields={[{ name: 'from', label: t('incidents.from'), isDay: true }]}
        values={{ ...(from && { from }) }}
        submit={t('incidents.show')}
        onSend={onChange}
      />
    </search>
  );
}

/** The steps that are stuck somewhere, and what it means that they are: as far as there are any. */
function StuckChoices({ filter, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { element, kind, ...others } = filter;
  const { data: groups = [] } = useQuery(incidentGroupsQuery(others));
  const language = currentLanguage();
  const steps = new Map(groups.filter((one) => one.element).map((one) => [one.element, stepName(one)]));
  const kinds = new Map(groups.map((one) => [one.kind, one.text[language]]));
  // What is chosen stays a choice when nothing is stuck there any more.
  if (element && !steps.has(element)) steps.set(element, element);
  if (kind && !kinds.has(kind)) kinds.set(kind, kind);
  return (
    <>
      <Select
        label={t('incidents.stepLabel')}
        value={element ?? ''}
        choices={[{ value: '', text: t('incidents.anyStep') }, ...choicesOf(steps)]}
        onChoose={(chosen) => {
          onChange({ element: chosen });
        }}
      />
      <Select
        label={t('incidents.kindLabel')}
        value={kind ?? ''}
        choices={[{ value: '', text: t('incidents.anyKind') }, ...choicesOf(kinds)]}
        onChoose={(chosen) => {
          onChange({ kind: chosen });
        }}
      />
    </>
  );
}

function choicesOf(names: ReadonlyMap<string, string>) {
  return [...names]
    .map(([value, text]) => ({ value, text: text.split('. ')[0] ?? text }))
    .toSorted((a, b) => a.text.localeCompare(b.text, 'sv'));
}
