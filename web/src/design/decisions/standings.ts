import type { DecisionInFile } from './dmnXml';
import type { Trial } from './trial';

const NOTHING: readonly string[] = [];

/** The ids of the rules that matched, and of those that a problem is about. */
export function standingsOf(decision: DecisionInFile, trial: Trial | undefined) {
  const table = trial?.tables.find((one) => one.decision === decision.id);
  const wrong = trial?.rules.flatMap((number) => decision.rules[number - 1]?.id ?? []) ?? NOTHING;
  return { matched: table?.matched.map((one) => one.id) ?? NOTHING, wrong };
}
