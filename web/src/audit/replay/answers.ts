import { callOf, changesOf, type WalkEvent } from './events';
import type { CaseData } from './walk';

/** Where a form's answers lie in the case's data. */
interface AnswersPlace {
  /** The element with the calls that lead there. */
  path: string;
  scope: string;
  bind: string;
}

/**
 * A form's answers in the data of a moment. A scope that sees what lies around it may have them outside itself: then
 * they are where the same element, or another one of the same call, wrote before that moment.
 */
export function answersAt(
  data: CaseData,
  { path, scope, bind }: AnswersPlace,
  before: readonly WalkEvent[],
): Record<string, unknown> {
  const [first = '', ...rest] = bind.split('.').filter(Boolean);
  const scopes = [scope, ...scopesOf(before, path)];
  if (!first) return Object.assign({}, ...scopes.toReversed().map((one) => data.get(one))) as Record<string, unknown>;
  const home = scopes.find((one) => data.get(one)?.[first] !== undefined);
  let value: unknown = home === undefined ? undefined : data.get(home)?.[first];
  for (const name of rest) value = isRecord(value) ? value[name] : undefined;
  return isRecord(value) ? value : {};
}

/** The scopes that were written to in the element's own process, the element's own first. */
function scopesOf(before: readonly WalkEvent[], path: string): string[] {
  const call = callOf(path);
  const newestFirst = before.toReversed().filter((event) => event.type === 'data-changed');
  const own = newestFirst.filter((event) => event.element === path);
  const beside = newestFirst.filter((event) => event.element !== path && callOf(event.element) === call);
  return [...new Set([...own, ...beside].flatMap((event) => changesOf(event).map((change) => change.scope)))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
