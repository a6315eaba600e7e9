import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { CaseForm } from '@/shared/form/CaseForm';
import type { Problem } from '@/shared/form/rules/problems';
import type { JsonObject } from '@/shared/form/rules/schema';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DraftStatus } from './DraftStatus';
import { TaskDone } from './TaskDone';
import type { TaskForm } from './tasks';
import { useDraft } from './useDraft';

/** The form of a task, from the first letter to the task's end. */
export function TaskWork({ opened, name }: { opened: TaskForm; name: string }) {
  const { t } = useTranslation('work');
  const { task, form, draft: kept, baseSequence } = opened;
  const queries = useQueryClient();
  const draft = useDraft(opened);
  const [busy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  async function complete(submission: JsonObject): Promise<readonly Problem[]> {
    setBusy(true);
    setFailure(undefined);
    try {
      const body = { submission, baseSequence: kept?.baseSequence ?? baseSequence };
      await ask(api.POST('/api/v1/tasks/{task_id}/complete', { params: { path: { task_id: task.id } }, body }));
      draft.forget();
      void queries.invalidateQueries({ queryKey: ['case', task.caseId] });
      await queries.invalidateQueries({ queryKey: ['tasks'] });
      setDone(true);
      return [];
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'rejected' && problem.document.problems?.length)
        return problem.document.problems;
      setFailure(problem);
      return [];
    } finally {
      setBusy(false);
    }
  }

  if (isDone) return <TaskDone name={name} caseId={task.caseId} />;
  if (task.state === 'completed' || task.state === 'cancelled')
    return (
      <Notice tone="info">
        <p>
          {task.endedBy && task.endedAt
            ? t('task.endedBy', { name: task.endedBy.name, when: momentOf(task.endedAt) })
            : t('task.ended')}
        </p>
      </Notice>
    );
  const status = <DraftStatus kept={draft.kept} />;
  return (
    <>
      {failure !== undefined && <ProblemNotice error={failure} />}
      {form ? (
        <CaseForm
          id="answer"
          form={form}
          values={draft.values}
          onChange={draft.change}
          onSubmit={complete}
          busy={busy}
          beside={status}
        />
      ) : (
        <>
          <p>{t('task.noForm')}</p>
          <Button look="primary" busy={busy} onClick={() => void complete({})}>
            {t('task.tick')}
          </Button>
        </>
      )}
    </>
  );
}
