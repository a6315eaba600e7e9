import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { SORTS, type CaseSearch } from '../caseSearch';
import { payloadOf, type HistoryEvent } from '../replay/events';
import styles from '../cases/CaseFilters.module.css';

interface Props {
  events: readonly HistoryEvent[];
  search: CaseSearch;
  onChange: (change: Partial<Record<keyof CaseSearch, unknown>>) => void;
}

/** Which of the events to show. */
export function EventFilters({ events, search, onChange }: Props) {
  const { t } = useTranslation('audit');
  const people = new Map(events.map(({ actor }) => [actor.id, actor.name]));
  return (
    <search className={styles.choices}>
      <Select
        label={t('events.sort')}
        value={search.sort ?? ''}
        choices={[
          { value: '', text: t('events.anySort') },
          ...SORTS.map((value) => ({ value, text: t(`sort.${value}`) })),
        ]}
        onChoose={(sort) => {
          onChange({ sort });
        }}
      />
      <Select
        label={t('events.person')}
        value={search.person ?? ''}
        choices={[
          { value: '', text: t('events.anyPerson') },
          ...[...people]
            .map(([value, text]) => ({ value, text }))
            .toSorted((a, b) => a.text.localeCompare(b.text, 'sv')),
        ]}
        onChoose={(person) => {
          onChange({ person });
        }}
      />
      <Select
        label={t('events.element')}
        value={search.element ?? ''}
        choices={[{ value: '', text: t('events.anyElement') }, ...elementsIn(events)]}
        onChoose={(element) => {
          onChange({ element });
        }}
      />
      <Select
        label={t('events.detail')}
        value={search.details ? 'all' : ''}
        choices={[
          { value: '', text: t('events.story') },
          { value: 'all', text: t('events.all') },
        ]}
        onChoose={(details) => {
          onChange({ details: details === 'all' || undefined });
        }}
      />
    </search>
  );
}

function elementsIn(events: readonly HistoryEvent[]): { value: string; text: string }[] {
  const names = new Map<string, string>();
  for (const event of events) {
    const { name, nameEn } = payloadOf(event);
    const told = currentLanguage() === 'en' && nameEn ? nameEn : name;
    if (event.element && typeof told === 'string') names.set(event.element, told);
  }
  return [...names].map(([value, text]) => ({ value, text })).toSorted((a, b) => a.text.localeCompare(b.text, 'sv'));
}
