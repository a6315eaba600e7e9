import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './CaseChoices.module.css';
import type { CaseDetail, Choice } from './cases';
import { nameIn } from './names';

/** Where people choose what is done: each activity that may be begun now. */
export function CaseChoices({ about }: { about: CaseDetail }) {
  return about.choices.map((choice) => <Offer key={choice.path} choice={choice} about={about} />);
}

function Offer({ choice, about }: { choice: Choice; about: CaseDetail }) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const task = about.tasks.find(({ id }) => id === choice.taskId);
  const begin = useMutation({
    mutationFn: ({ element }: Choice['activities'][number]) => {
      const params = {
        path: { task_id: choice.taskId ?? '' },
        header: { 'If-Match': `"${String(task?.revision ?? 0)}"` },
      };
      return ask(api.POST('/api/v1/tasks/{task_id}/begin', { params, body: { element } }));
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['case', about.case.id] });
      void queries.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return (
    <section className={styles.choice} aria-label={nameIn(choice)}>
      <h2 data-content>{nameIn(choice)}</h2>
      <p>{t('choice.intro')}</p>
      <div role="status">
        {begin.isSuccess && <Notice tone="good">{t('choice.begun', { name: nameIn(begin.variables) })}</Notice>}
      </div>
      {begin.error && <ProblemNotice error={begin.error} />}
      <ul className={styles.list}>
        {choice.activities.map((activity) => (
          <li key={activity.element} className={styles.one}>
            {activity.isPossible && choice.taskId ? (
              <Button
                busy={begin.isPending}
                onClick={() => {
                  begin.mutate(activity);
                }}
              >
                {t('choice.begin')} <span data-content>{nameIn(activity)}</span>
              </Button>
            ) : (
              <span>
                <span data-content>{nameIn(activity)}</span> – {t('choice.later')}
              </span>
            )}
            {activity.begun > 0 && <span>{t('choice.times', { count: activity.begun })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
