import type { FieldWords } from '../uiSchema';

/** The words that `uiSchemaOf` has put into a field's options. */
export function wordsIn(options: Readonly<Record<string, unknown>> | undefined): FieldWords {
  return (options?.words as FieldWords | undefined) ?? { answers: {} };
}

/** What describes a control: its hint and its error, those that are there. */
export function describedBy(id: string, words: FieldWords, errors: readonly string[] | undefined): string | undefined {
  const ids = [words.hint && hintId(id), errors && errors.length > 0 && errorId(id)].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function hintId(id: string): string {
  return `${id}__hint`;
}

export function errorId(id: string): string {
  return `${id}__error`;
}
