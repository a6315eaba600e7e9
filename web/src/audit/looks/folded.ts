/** Looks at a case, told as a person would: what somebody looked at in one sitting is one row. */
import type { components } from '@/api/schema';

export type Look = components['schemas']['LookView'];

export interface Sitting {
  who: Look['who'];
  /** The first and the last look. */
  from: string;
  to: string;
  /** What was looked at, each once, in the order in which it was first looked at. */
  what: string[];
}

const APART_MS = 10 * 60_000;

/** Looks come with the latest first; those of one person with little time between them belong together. */
export function sittings(looks: readonly Look[]): Sitting[] {
  const found: Sitting[] = [];
  for (const { who, at, what } of looks) {
    const last = found.at(-1);
    if (last?.who.id === who.id && Date.parse(last.from) - Date.parse(at) <= APART_MS) {
      last.from = at;
      last.what = [what, ...last.what.filter((one) => one !== what)];
    } else found.push({ who, from: at, to: at, what: [what] });
  }
  return found;
}
