import { useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/api/client';
import { useDoing } from '../sending/useDoing';
import type { Task } from '../tasks';

/** Taking a task for oneself and giving it back. `onChange` is called when it is settled how the task stands. */
export function useTaking(task: Task, onChange: () => void) {
  const queries = useQueryClient();
  const doing = useDoing(`take ${task.id}`);
  const path = { task_id: task.id };
  const onSettled = () => {
    void queries.invalidateQueries({ queryKey: ['task-counts'] });
    onChange();
  };
  const onRefusal = () => {
    onSettled();
    return false;
  };
  return {
    doing,
    claim: () =>
      doing.run({
        body: 'claim',
        request: () => ask(api.POST('/api/v1/tasks/{task_id}/claim', { params: { path } })),
        onAnswer: onSettled,
        onRefusal,
      }),
    release: () =>
      doing.run({
        body: 'release',
        request: (key) =>
          ask(api.POST('/api/v1/tasks/{task_id}/release', { params: { path, header: { 'Idempotency-Key': key } } })),
        onAnswer: onSettled,
        onRefusal,
      }),
  };
}
