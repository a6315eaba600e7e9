import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import { unitsQuery } from '../cases';
import { nameIn } from '../names';
import { narrows, readTaskFilter, SORTS, type TaskFilter } from '../taskFilter';
import { definitionsQuery } from '../tasks';
import styles from './TaskFilters.module.css';

/** What else the list is narrowed by, and its order. */
export function TaskFilters({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation('work');
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate({ from: '/work/tasks' });
  const { data: definitions = [] } = useQuery(definitionsQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  function choose(change: Record<string, string | undefined>): void {
    void navigate({ search: readTaskFilter({ ...filter, ...change }), replace: true });
  }
  return (
    <search>
      <Button
        className={styles.more}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {t('tasks.narrow')}
      </Button>
      <div className={styles.fields} data-open={isOpen}>
        {(units.length > 1 || filter.unit) && (
          <Select
            label={t('tasks.unit')}
            value={filter.unit ?? ''}
            choices={[
              { value: '', text: t('tasks.unitAny') },
              ...units.map(({ id, name }) => ({ value: id, text: name })),
            ]}
            onChoose={(unit) => {
              choose({ unit });
            }}
          />
        )}
        <Select
          label={t('tasks.process')}
          value={filter.process ?? ''}
          choices={[
            { value: '', text: t('tasks.processAny') },
            ...definitions.map((one) => ({ value: one.key, text: nameIn(one) })),
          ]}
          onChoose={(process) => {
            choose({ process });
          }}
        />
        <Select
          label={t('tasks.sort')}
          value={filter.sort ?? ''}
          choices={[
            { value: '', text: t('tasks.sorts.due') },
            ...SORTS.map((sort) => ({ value: sort, text: t(`tasks.sorts.${sort}`) })),
          ]}
          onChoose={(sort) => {
            choose({ sort });
          }}
        />
      </div>
      {narrows(filter) && (
        <Link to="/work/tasks" search={filter.sort ? { sort: filter.sort } : {}} replace className={styles.clear}>
          {t('tasks.clear')}
        </Link>
      )}
    </search>
  );
}
