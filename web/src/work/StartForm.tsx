import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { JsonObject } from '@/shared/form/rules/schema';
import { DraftedForm } from './drafting/DraftedForm';
import { useFormDraft, type FormOpened } from './drafting/useFormDraft';

/** The form that begins a case, from the first letter to the case's page. */
export function StartForm({ opened, process, unit }: { opened: FormOpened; process: string; unit: string }) {
  const begin = useBeginning();
  const filling = useFormDraft(opened, {
    bodyOf: (submission: JsonObject) => ({ process, unit, submission }),
    request: begin.request,
    onAnswer: begin.onBegun,
  });
  return <DraftedForm id="start" form={opened.form} filling={filling} />;
}

type NewCase = components['schemas']['NewCase'];

/** Beginning a case, and going to its page. */
export function useBeginning() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return {
    request: (body: NewCase, key: string) =>
      ask(api.POST('/api/v1/cases', { params: { header: { 'Idempotency-Key': key } }, body })),
    onBegun: async ({ id }: { id: string }) => {
      void queries.invalidateQueries({ queryKey: ['tasks'] });
      void queries.invalidateQueries({ queryKey: ['cases'] });
      await navigate({ to: '/work/cases/$caseId', params: { caseId: id } });
    },
  };
}
