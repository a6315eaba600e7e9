import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { components } from '@/api/schema';
import { fieldKey } from '@/shared/form/rules/fields';
import { differencesAt, type Difference } from '@/shared/form/compare/differences';
import type { Problem } from '@/shared/form/rules/problems';
import { pathOf, type Json, type JsonObject } from '@/shared/form/rules/schema';
import { taskQuery, type TaskForm } from '../tasks';
import type { Draft } from './useDraft';
import { isLeaving, useSending } from './useSending';

type Schemas = components['schemas'];
export type Completed = Schemas['CompletedView'];
type Conflict = Schemas['ConflictView'];
interface Body {
  submission: JsonObject;
  baseSequence: number;
  decided: { path: string; theirs: Json }[];
}

/** Fields that somebody else has changed too, and who. */
export interface Meeting {
  by: string;
  at: string | undefined;
  /** What was sent. */
  submission: JsonObject;
  differences: readonly Difference[];
  decided: Body['decided'];
}

/** Completing a task: once, with what others wrote meanwhile. */
export function useCompletion({ task, form }: TaskForm, draft: Draft) {
  const queries = useQueryClient();
  const { send, busy, isSilent, left } = useSending(task.id);
  const [done, setDone] = useState<Completed>();
  const [failure, setFailure] = useState<unknown>();
  const [meeting, setMeeting] = useState<Meeting>();
  const { forget } = draft;

  const complete = useCallback(
    async (body: Body): Promise<readonly Problem[]> => {
      setFailure(undefined);
      try {
        const path = { task_id: task.id };
        const answer = await send(body, (key) =>
          ask(
            api.POST('/api/v1/tasks/{task_id}/complete', {
              params: { path, header: { 'Idempotency-Key': key } },
              body: body as Schemas['Completion'],
            }),
          ),
        );
        if (!answer) return [];
        forget();
        queries.setQueryData(taskQuery(task.id).queryKey, (opened) => opened && { ...opened, task: answer });
        void queries.invalidateQueries({ queryKey: ['case', task.caseId] });
        void queries.invalidateQueries({ queryKey: ['tasks'] });
        setMeeting(undefined);
        setDone(answer);
      } catch (problem) {
        if (isLeaving(problem)) return [];
        if (!(problem instanceof ApiProblem)) setFailure(problem);
        else if (problem.code === 'data-conflict' && form)
          setMeeting(meetingOf(problem, form.schema as JsonObject, body));
        else {
          setMeeting(undefined);
          if (problem.code === 'rejected' && problem.document.problems?.length) return problem.document.problems;
          setFailure(problem);
          // Who has it, or that somebody was first, is told by the page itself.
          if (problem.code.startsWith('task-already')) await queries.invalidateQueries({ queryKey: ['task', task.id] });
        }
      }
      return [];
    },
    [task, form, send, forget, queries],
  );
  useResumed(left, complete);
  return {
    complete: (submission: JsonObject, decided: Body['decided'] = []) =>
      complete({ submission, baseSequence: draft.baseSequence, decided }),
    busy,
    isSilent,
    done,
    failure,
    meeting,
    /** Back to the form: nothing has been chosen. */
    leaveMeeting: () => {
      setMeeting(undefined);
    },
  };
}

/** What was sent before a reload, and never answered, is asked for again. */
function useResumed(left: unknown, complete: (body: Body) => Promise<unknown>): void {
  const isAsked = useRef(false);
  useEffect(() => {
    if (left === undefined || isAsked.current) return;
    isAsked.current = true;
    void complete(left as Body);
  }, [left, complete]);
}

function meetingOf(problem: ApiProblem, schema: JsonObject, { submission, decided }: Body): Meeting {
  const conflicts: readonly Conflict[] = problem.document.conflicts ?? [];
  const now = conflicts.map(({ path, theirs }) => ({ path, theirs: theirs as Json }));
  return {
    by: problem.document.by ?? '',
    at: problem.document.at ?? undefined,
    submission,
    differences: conflicts.flatMap(({ path, yours, theirs }) =>
      differencesAt(schema, fieldKey(pathOf(path, submission)), yours as Json, theirs as Json),
    ),
    decided: [...decided.filter(({ path }) => !now.some((one) => one.path === path)), ...now],
  };
}
