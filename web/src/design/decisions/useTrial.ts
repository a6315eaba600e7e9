import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSlowly } from '@/shared/useSlowly';
import { feelOf, questionQuery, type Standing, trialQuery, unhindered } from './trial';

const PAUSE_MS = 300;

/** A decision that is tried: what stands in the fields for what it reads, and how it comes out on that. */
export function useTrial(
  standing: Standing,
  decision: string | undefined,
  revision = 0,
  unsaved: Record<string, string> = {},
) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const enabled = decision !== undefined;
  const { data: asked } = useQuery({ ...questionQuery(standing, decision ?? '', revision), enabled });
  // While the file cannot be read, the fields for what it asked for stay, with what stands in them.
  const [question, setQuestion] = useState(asked);
  if (asked && asked !== question) setQuestion(asked);
  const values = Object.fromEntries(
    (question?.asked ?? []).map((one) => [one.name, feelOf(one, texts[one.name] ?? '')]),
  );
  const settled = useSlowly(JSON.stringify({ values, unsaved }), PAUSE_MS);
  const attempt = JSON.parse(settled) as { values: Record<string, string>; unsaved: Record<string, string> };
  const { data: trial, error } = useQuery({
    ...trialQuery(standing, decision ?? '', attempt.values, attempt.unsaved),
    enabled,
  });
  // Before anybody has filled in a value, what hinders an answer is no problem.
  const isUntried = (question?.asked.length ?? 0) > 0 && Object.values(values).every((value) => value === '');
  return { question, texts, write: setTexts, trial: isUntried && trial ? unhindered(trial) : trial, isUntried, error };
}

export type Tried = ReturnType<typeof useTrial>;
