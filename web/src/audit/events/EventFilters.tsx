import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { SORTS, type CaseSearch } from '../caseSearch';
import type { Outline } from '../queries';
import styles from '../filters/Filters.module.css';

interface Props {
  outline: Outline;
  search: CaseSearch;
  onChange: (change: Partial<Record<keyof CaseSearch, unknown>>) => void;
}

/** Which of the events to show. */
export function EventFilters({ outline, search, onChange }: Props) {
  const { t } = useTranslation('audit');
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
          ...outline.people
            .map(({ id, name }) => ({ value: id, text: name }))
            .toSorted((a, b) => a.text.localeCompare(b.text, 'sv')),
        ]}
        onChoose={(person) => {
          onChange({ person });
        }}
      />
      <Select
        label={t('events.element')}
        value={search.element ?? ''}
        choices={[{ value: '', text: t('events.anyElement') }, ...elementsIn(outline)]}
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

function elementsIn({ elements }: Outline): { value: string; text: string }[] {
  return elements
    .map(({ element, name, nameEn }) => ({ value: element, text: currentLanguage() === 'en' ? nameEn : name }))
    .toSorted((a, b) => a.text.localeCompare(b.text, 'sv'));
}
