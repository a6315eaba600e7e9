import { useQueries } from '@tanstack/react-query';
import { namedQuery, type Entry } from './registers';
import type { components } from '@/api/schema';

/** A row of a list that is about somebody, by register and key, or with the entry that came with it. */
interface Row {
  about?: components['schemas']['EntryKeyView'] | Entry | null | undefined;
}

export interface Who {
  name: string;
  /** A person with protected particulars: that is to be seen wherever they are named. */
  isProtected: boolean;
}

/** Whom the cases of these rows are about, for those who may know. */
export function useSubjects(rows: readonly Row[]): (row: Row) => Who | undefined {
  const asked = keysOf(rows);
  const answers = useQueries({ queries: asked.map(({ register, keys }) => namedQuery(register, keys)) });
  const entries = answers.flatMap(({ data = [] }) => data);
  return ({ about }) => {
    const entry = isTold(about)
      ? about
      : entries.find((one: Entry) => one.register === about?.register && one.key === about.key);
    return entry && { name: entry.name, isProtected: entry.isProtected };
  };
}

function isTold(about: Row['about']): about is Entry {
  return about != null && 'values' in about;
}

function keysOf(rows: readonly Row[]): { register: string; keys: string[] }[] {
  const found = new Map<string, Set<string>>();
  for (const { about } of rows)
    if (about && !isTold(about)) found.set(about.register, (found.get(about.register) ?? new Set()).add(about.key));
  return [...found].map(([register, keys]) => ({ register, keys: [...keys].sort() }));
}
