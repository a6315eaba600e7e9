import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, ask } from '@/api/client';
import { dropLocal, keepLocal, readLocal } from '@/shared/drafts';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { useSession } from '@/shared/session';
import { DraftKeeper, type DraftState } from './draftKeeper';
import type { TaskForm } from './tasks';

export interface Draft extends DraftState {
  change: (values: JsonObject) => void;
  forget: () => void;
}

/** What is being typed into a task's form. It begins as the draft that the server has, else as what the case knows. */
export function useDraft(opened: TaskForm): Draft {
  const { userId } = useSession();
  const [keeper] = useState(() => keeperOf(opened, userId));
  useEffect(() => {
    keeper.takeUp();
    document.addEventListener('visibilitychange', keeper.keepNow);
    window.addEventListener('pagehide', keeper.keepNow);
    return () => {
      keeper.stop();
      document.removeEventListener('visibilitychange', keeper.keepNow);
      window.removeEventListener('pagehide', keeper.keepNow);
    };
  }, [keeper]);
  const state = useSyncExternalStore(keeper.subscribe, keeper.current);
  return {
    ...state,
    change: keeper.change,
    forget: () => {
      keeper.forget();
    },
  };
}

function keeperOf({ task, values, draft, baseSequence }: TaskForm, user: string): DraftKeeper {
  const begun = isObject(draft?.values) ? draft.values : (values as JsonObject);
  const kept = draft ? ({ where: 'taken', at: draft.savedAt } as const) : ({ where: 'nowhere' } as const);
  return new DraftKeeper({ values: begun, kept }, draft?.baseSequence ?? baseSequence, {
    read: () => readLocal(user, task.id),
    keep: (one) => keepLocal(user, task.id, one),
    drop: () => {
      dropLocal(user, task.id);
    },
    send: async (typed, base) => {
      const params = { path: { task_id: task.id } };
      const body = { values: typed, baseSequence: base };
      return (await ask(api.PUT('/api/v1/tasks/{task_id}/draft', { params, body }))).savedAt;
    },
  });
}
