import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Select } from '@/shared/ui/Select';
import { TextField } from '@/shared/ui/TextField';
import { Button } from '@/shared/ui/Button';
import { STATUSES, isDay, type CaseFilter } from '../caseFilter';
import { definitionsQuery, unitsQuery } from '../queries';
import styles from './CaseFilters.module.css';

interface Props {
  filter: CaseFilter;
  onChange: (change: Record<string, string | undefined>) => void;
}

/** Which cases to list. Choices hold at once; what is typed holds when it is sent. */
export function CaseFilters({ filter, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { data: definitions = [] } = useQuery(definitionsQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  const processes = definitions.map((one) => ({
    value: one.key,
    text: currentLanguage() === 'sv' ? one.name : one.nameEn,
  }));
  return (
    <search className={styles.filters}>
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
        <Select
          label={t('cases.process')}
          value={filter.process ?? ''}
          choices={[{ value: '', text: t('cases.anyProcess') }, ...processes]}
          onChoose={(process) => {
            onChange({ process });
          }}
        />
        <Select
          label={t('cases.unit')}
          value={filter.unit ?? ''}
          choices={[
            { value: '', text: t('cases.anyUnit') },
            ...units.map((unit) => ({ value: unit.id, text: unit.name })),
          ]}
          onChoose={(unit) => {
            onChange({ unit });
          }}
        />
      </div>
      <TypedFilters key={JSON.stringify(filter)} filter={filter} onChange={onChange} />
    </search>
  );
}

function TypedFilters({ filter, onChange }: Props) {
  const { t } = useTranslation('audit');
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState(filter);
  function send(): void {
    const bad = (['from', 'to'] as const).filter((name) => typed[name] && !isDay(typed[name]));
    setWrong(bad);
    if (bad.length === 0) onChange({ number: typed.number, from: typed.from, to: typed.to });
  }
  const field = (name: 'number' | 'from' | 'to') => ({
    name,
    value: typed[name] ?? '',
    onChange: (event: { target: { value: string } }) => {
      setTyped({ ...typed, [name]: event.target.value.trim() });
    },
    ...(wrong.includes(name) && { error: t('cases.notADay') }),
  });
  return (
    <form
      className={styles.choices}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField label={t('cases.number')} {...field('number')} />
      <TextField label={t('cases.from')} inputMode="numeric" {...field('from')} />
      <TextField label={t('cases.to')} inputMode="numeric" {...field('to')} />
      <Button type="submit">{t('cases.search')}</Button>
    </form>
  );
}
