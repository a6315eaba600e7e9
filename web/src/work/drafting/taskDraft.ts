import { api, ask } from '@/api/client';
import { fieldsOf } from '@/shared/form/rules/fields';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import type { TaskForm } from '../tasks';
import type { ServerDraft } from './places';
import type { OnServer } from './useDraft';

/** The draft of a task's form. */
export function taskDraft({ task, form, values, draft, baseSequence }: TaskForm): OnServer {
  const path = { task_id: task.id };
  const known = values as JsonObject;
  return {
    what: task.id,
    begun: { values: known, baseSequence },
    kept: draft && form ? { ...draft, values: withKnown(draft.values, form.schema as JsonObject, known) } : undefined,
    send: async (typed, base, seen) => {
      const params = { path, header: { 'If-Match': `"${seen}"` } };
      const body = { values: typed, baseSequence: base };
      return ask(api.PUT('/api/v1/tasks/{task_id}/draft', { params, body }));
    },
    fetch: async (): Promise<ServerDraft | undefined> => {
      const { draft: there } = await ask(api.GET('/api/v1/tasks/{task_id}', { params: { path } }));
      return there ?? undefined;
    },
  };
}

/** Earlier answers that are only shown are as the case has them now, whenever the draft was saved. */
function withKnown(typed: unknown, schema: JsonObject, known: JsonObject): unknown {
  if (!isObject(typed)) return typed;
  const shown = [...fieldsOf(schema).values()].filter(({ key, isShown }) => isShown && !/[.[]/.test(key));
  const names = new Set(shown.map(({ key }) => key));
  const own = Object.entries(typed).filter(([name]) => !names.has(name));
  return Object.fromEntries([...own, ...Object.entries(known).filter(([name]) => names.has(name))]);
}
