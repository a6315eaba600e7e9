import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import styles from './CaseChoices.module.css';
import type { Choice } from './cases';
import { nameIn, taskNameIn } from './names';
import { HowItGoes } from './sending/HowItGoes';
import { useDoing } from './sending/useDoing';
import type { Task } from './tasks';

interface Props {
  choice: Choice;
  caseId: string;
  /** The revision of the task that the choice is listed as. */
  revision: number;
}

/** The activities that may be begun now, and what has just been begun. */
export function Choosing({ choice, caseId, revision }: Props) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const task = choice.taskId ?? '';
  const doing = useDoing(`begin ${task}`);
  const [begun, setBegun] = useState<{ name: string; opened: readonly Task[] }>();
  async function readAnew(): Promise<void> {
    await queries.invalidateQueries({ queryKey: ['case', caseId] });
    await queries.invalidateQueries({ queryKey: ['task', task] });
    void queries.invalidateQueries({ queryKey: ['tasks'] });
  }
  function begin(activity: Choice['activities'][number]): void {
    const body = { element: activity.element };
    setBegun(undefined);
    void doing.run({
      body: { ...body, revision },
      // Each beginning raises the task's revision: one whose answer was lost is refused when it comes again.
      request: () => {
        const params = { path: { task_id: task }, header: { 'If-Match': `"${String(revision)}"` } };
        return ask(api.POST('/api/v1/tasks/{task_id}/begin', { params, body }));
      },
      onAnswer: ({ opened }) => {
        setBegun({ name: nameIn(activity), opened });
        return readAnew();
      },
      onRefusal: () => {
        void readAnew();
        return false;
      },
    });
  }
  return (
    <>
      <p>{t('choice.intro')}</p>
      <div role="status">
        {begun && (
          <Notice tone="good">
            <p>{t('choice.begun', { name: begun.name })}</p>
            {begun.opened.map((one) => (
              <p key={one.id}>
                <Link to="/work/tasks/$taskId" params={{ taskId: one.id }} className={styles.link} data-content>
                  {taskNameIn(one)}
                </Link>
              </p>
            ))}
          </Notice>
        )}
      </div>
      <HowItGoes doing={doing} />
      <ul className={styles.list}>
        {choice.activities.map((activity) => (
          <li key={activity.element} className={styles.one}>
            {activity.isPossible && choice.taskId ? (
              <Button
                busy={doing.busy}
                onClick={() => {
                  begin(activity);
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
    </>
  );
}
