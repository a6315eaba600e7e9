/** What data are called that no form has written: by the process whose data they are, as its designer has put it. */
import type { components } from '@/api/schema';
import { isObject, valueAt } from '@/shared/form/rules/schema';
import type { Language } from '@/shared/i18n';

export type UsedTexts = components['schemas']['UsedTextsView'];

/** What names and values are called, in one language: by place (`action`, `[].rule`, empty for the value itself). */
export type Words = Readonly<
  Record<string, { label?: string | undefined; options?: Readonly<Record<string, string>> }>
>;

export const NO_WORDS: Words = {};

/** A place in the data that a process has words for: for what it is called, or for what is written there. */
export interface Declared {
  label: string;
  words: Words;
  /** The place within the words; empty for the value itself. */
  at: string;
}

/** What the processes that have run call the place; undefined where none has words for it. */
export function declared(
  processes: readonly UsedTexts[],
  call: string,
  path: string,
  language: Language,
): Declared | undefined {
  // A process that was called may hand over what it has: then its words are right outside it too.
  const newestFirst = processes.toReversed();
  const nearestFirst = newestFirst.toSorted((a, b) => Number(b.call === call) - Number(a.call === call));
  for (const { texts } of nearestFirst) {
    const words = wordsIn(valueAt(texts[language], ['fields']));
    if (Object.keys(words).some((key) => key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`)))
      return { label: words[path]?.label ?? path, words, at: path };
  }
  return undefined;
}

/** The words that history keeps with a decision, or that a process has for its data; none where they are not such. */
export function wordsIn(said: unknown): Words {
  return isObject(said) ? (said as Words) : NO_WORDS;
}

/** What the value is called at the place; an item of a list as the list says, where it says nothing of its items. */
export function optionAt(words: Words, at: string, value: string | number | boolean): string | undefined {
  const text = String(value);
  return words[at]?.options?.[text] ?? words[at.replace(/\[\]$/, '')]?.options?.[text];
}
