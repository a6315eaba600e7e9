/** What somebody types, kept on this device at each short pause: it survives a reload, a crash and a server that is away. */
import { createStore, del, get, keys, set } from 'idb-keyval';

export interface LocalDraft {
  values: unknown;
  baseSequence: number;
  /** RFC 3339. */
  savedAt: string;
}

const store = typeof indexedDB === 'undefined' ? undefined : createStore('stegvis', 'drafts');

function keyOf(user: string, what: string): string {
  return `${user} ${what}`;
}

export async function readLocal(user: string, what: string): Promise<LocalDraft | undefined> {
  return store && get<LocalDraft>(keyOf(user, what), store);
}

export async function keepLocal(user: string, what: string, draft: LocalDraft): Promise<void> {
  if (store) await set(keyOf(user, what), draft, store);
}

export async function dropLocal(user: string, what: string): Promise<void> {
  if (store) await del(keyOf(user, what), store);
}

/** Forgets everything that this person typed here. For signing out on a machine that others use. */
export async function dropAllLocal(user: string): Promise<void> {
  if (!store) return;
  const all = await keys<string>(store);
  await Promise.all(all.filter((key) => key.startsWith(`${user} `)).map((key) => del(key, store)));
}
