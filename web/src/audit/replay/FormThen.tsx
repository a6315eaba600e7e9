import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CaseForm } from '@/shared/form/CaseForm';
import type { JsonObject } from '@/shared/form/rules/schema';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { taskFormQuery, type CaseDetail, type Task } from '../queries';
import { answersAt } from './answers';
import type { WalkEvent } from './events';
import type { Moment } from './walk';
import styles from './Replay.module.css';

interface Props {
  detail: CaseDetail;
  events: readonly WalkEvent[];
  /** The one that is looked at. */
  event: WalkEvent;
  moment: Moment;
  /** The element that is looked at. */
  path: string;
}

/** The form of the task that is looked at, in the version that it had, with the answers of that moment. */
export function FormThen({ detail, events, event, moment, path }: Props) {
  const task = taskThen(detail.tasks, path, event.at);
  if (!task) return null;
  return <TaskForm task={task} events={events.filter((one) => one.sequence <= event.sequence)} moment={moment} />;
}

function TaskForm({ task, events, moment }: { task: Task; events: readonly WalkEvent[]; moment: Moment }) {
  const { t } = useTranslation('audit');
  const { data, error, isPending } = useQuery(taskFormQuery(task.id));
  const name = currentLanguage() === 'sv' ? task.name : task.nameEn;
  return (
    <section className={styles.part} aria-labelledby="form-then">
      <h3 id="form-then">{t('form.title', { name })}</h3>
      {error && <ProblemNotice error={error} />}
      {isPending && <Loading />}
      {data && !data.form && <p>{t('form.none')}</p>}
      {data?.form && (
        <>
          <p>
            {t('form.version', { key: data.form.key, version: data.formVersion ?? 0 })}{' '}
            {task.endedAt &&
              task.endedBy &&
              t('form.doneBy', { name: task.endedBy.name, when: momentOf(task.endedAt) })}
          </p>
          <CaseForm
            id="form-then-answer"
            form={data.form}
            values={
              answersAt(moment.data, { path: task.path, scope: data.scope, bind: data.bind }, events) as JsonObject
            }
            readOnly
          />
        </>
      )}
    </section>
  );
}

/** The task at the element as it was: the one that was open then, else the latest that had been there. */
function taskThen(tasks: readonly Task[], path: string, moment: string): Task | undefined {
  const at = new Date(moment).getTime();
  const there = tasks
    .filter((task) => task.path === path && new Date(task.createdAt).getTime() <= at)
    .toSorted((a, b) => new Date(b.createdAt).getTime() - new Date(a.createdAt).getTime());
  return there.find((task) => !task.endedAt || new Date(task.endedAt).getTime() >= at) ?? there[0];
}
