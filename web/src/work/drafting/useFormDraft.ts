import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { components } from '@/api/schema';
import type { FormDefinition } from '@/shared/form/CaseForm';
import { fieldsOf } from '@/shared/form/rules/fields';
import type { Problem } from '@/shared/form/rules/problems';
import type { JsonObject } from '@/shared/form/rules/schema';
import { formDraft, paramsOf, type FormPlace } from './formDraft';
import { useDraft } from './useDraft';
import { isLeaving, useSending } from './useSending';

export interface FormOpened {
  place: FormPlace;
  form: FormDefinition;
  /** The form's version, where forms of the kind have versions. */
  version: number | null;
  kept: components['schemas']['FormDraftView'] | null;
}

interface Sent<Body, Answer> {
  bodyOf: (submission: JsonObject) => Body;
  request: (body: Body, key: string) => Promise<Answer>;
  onAnswer: (answer: Answer) => Promise<void> | void;
}

/** A form that belongs to no task: its draft, and sending it once. */
export function useFormDraft<Body, Answer>(opened: FormOpened, { bodyOf, request, onAnswer }: Sent<Body, Answer>) {
  const { place, form, version, kept } = opened;
  const queries = useQueryClient();
  const server = formDraft(place, kept, version);
  const draft = useDraft(server);
  const { send, busy, isSilent, left } = useSending(server.what);
  const [failure, setFailure] = useState<unknown>();
  const [begunWith] = useState(kept ? kept.formVersion : version);
  const [known, gone] = split(draft.values, form.schema as JsonObject);

  /** Whether the form has a newer version, which refused what the older one asked for: then the page goes on with that. */
  async function isOutdated(): Promise<boolean> {
    const queryKey = ['form-version', form.key];
    await queries.invalidateQueries({ queryKey });
    const newest = queries.getQueryData<{ version: number }>(queryKey);
    return newest !== undefined && newest.version !== version;
  }
  async function post(body: Body): Promise<readonly Problem[]> {
    setFailure(undefined);
    try {
      const answer = await send(body, (key) => request(body, key));
      if (answer === undefined) return [];
      draft.forget();
      queries.removeQueries({ queryKey: ['form-draft', place] });
      await onAnswer(answer);
    } catch (problem) {
      if (isLeaving(problem)) return [];
      if (problem instanceof ApiProblem && problem.code === 'rejected' && problem.document.problems?.length)
        return (await isOutdated()) ? [] : problem.document.problems;
      setFailure(problem);
    }
    return [];
  }
  useResumed(left as Body | undefined, post);
  return {
    draft,
    values: known,
    /** Answers to questions that the form no longer asks. */
    gone,
    isOtherVersion: begunWith !== version || Object.keys(gone).length > 0,
    change: (values: JsonObject) => {
      draft.change({ ...values, ...gone });
    },
    submit: (submission: JsonObject) => post(bodyOf(submission)),
    drop: async () => {
      await ask(api.DELETE('/api/v1/form-drafts/{kind}/{key}', { params: paramsOf(place) }));
      draft.forget();
      await queries.resetQueries({ queryKey: ['form-draft', place] });
    },
    busy,
    isSilent,
    failure,
  };
}

/** What an earlier page sent, and nobody answered, is asked for again. */
function useResumed<Body>(left: Body | undefined, post: (body: Body) => Promise<unknown>): void {
  const isAsked = useRef(false);
  useEffect(() => {
    if (left === undefined || isAsked.current) return;
    isAsked.current = true;
    void post(left);
  });
}

function split(values: JsonObject, schema: JsonObject): [JsonObject, JsonObject] {
  const fields = fieldsOf(schema);
  const entries = Object.entries(values);
  const isKnown = ([name]: [string, unknown]) => fields.has(name);
  return [Object.fromEntries(entries.filter(isKnown)), Object.fromEntries(entries.filter((one) => !isKnown(one)))];
}
