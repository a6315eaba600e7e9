import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseForm } from '@/shared/form/CaseForm';
import { withChoices, type Choice } from '@/shared/form/compare/differences';
import type { Problem } from '@/shared/form/rules/problems';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { ConflictChoice } from './drafting/ConflictChoice';
import { DraftChoice } from './drafting/DraftChoice';
import { DraftStatus } from './drafting/DraftStatus';
import { LeftOver } from './drafting/LeftOver';
import { Meanwhile } from './drafting/Meanwhile';
import { taskDraft } from './drafting/taskDraft';
import { useCompletion, type Meeting } from './drafting/useCompletion';
import { useDraft } from './drafting/useDraft';
import styles from './CaseChoices.module.css';
import { Choosing } from './Choosing';
import { TaskDone } from './TaskDone';
import type { Task, TaskForm } from './tasks';

/** The form of a task, from the first letter to the task's end. */
export function TaskWork({ opened, name }: { opened: TaskForm; name: string }) {
  const { t } = useTranslation('work');
  const { task, form, choice } = opened;
  const draft = useDraft(taskDraft(opened));
  const { complete, busy, isSilent, done, failure, meeting, leaveMeeting } = useCompletion(opened, draft);

  const [wrong, setWrong] = useState<{ problems: readonly Problem[]; times: number }>({ problems: [], times: 0 });

  async function decide({ submission, decided }: Meeting, choices: readonly Choice[]): Promise<void> {
    const chosen = withChoices(submission, choices);
    draft.change(chosen);
    const problems = await complete(chosen, decided);
    setWrong(({ times }) => ({ problems, times: times + 1 }));
  }
  if (done)
    return (
      <TaskDone task={task} name={name}>
        {form && <Meanwhile form={form} done={done} />}
      </TaskDone>
    );
  const status = <DraftStatus draft={draft} isSending={isSilent} />;
  if (task.state === 'completed' || task.state === 'cancelled') {
    if (busy) return status;
    return (
      <>
        <Ended task={task} />
        {form && draft.kept.where !== 'nowhere' && <LeftOver task={task} form={form} draft={draft} />}
      </>
    );
  }
  if (form && meeting)
    return (
      <ConflictChoice
        form={form}
        meeting={meeting}
        busy={busy}
        onChosen={(choices) => void decide(meeting, choices)}
        onBack={leaveMeeting}
      />
    );
  if (form && draft.other) return <DraftChoice form={form} draft={draft} other={draft.other} />;
  return (
    <>
      {failure !== undefined && <ProblemNotice error={failure} />}
      {form ? (
        <CaseForm
          key={wrong.times}
          id="answer"
          form={form}
          values={draft.values}
          onChange={draft.change}
          onSubmit={complete}
          problems={wrong.problems}
          busy={busy}
          beside={status}
        />
      ) : (
        <>
          {choice && (
            <div className={styles.choice}>
              <Choosing choice={choice} caseId={task.caseId} revision={task.revision} />
            </div>
          )}
          <p>{t(choice ? (choice.endsByHand ? 'choice.end' : 'choice.endsByItself') : 'task.noForm')}</p>
          {choice?.endsByHand !== false && (
            <Button look={choice ? 'secondary' : 'primary'} busy={busy} onClick={() => void complete({})}>
              {t('task.tick')}
            </Button>
          )}
          {isSilent && status}
        </>
      )}
    </>
  );
}

function Ended({ task }: { task: Task }) {
  const { t } = useTranslation('work');
  return (
    <Notice tone="info">
      <p>
        {task.endedBy && task.endedAt
          ? t('task.endedBy', { name: task.endedBy.name, when: momentOf(task.endedAt) })
          : t('task.ended')}
      </p>
    </Notice>
  );
}
