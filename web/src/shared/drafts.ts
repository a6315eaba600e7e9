/**
 * What somebody types, kept on this device at each short pause: it survives a reload, a crash and a server that is away.
 *
 * In localStorage, because a write there is done when the call returns: what is typed in the last instant before a page
 * goes away would be lost with the browser's other stores, which finish later.
 */
export interface LocalDraft {
  values: unknown;
  baseSequence: number;
  /** RFC 3339. */
  savedAt: string;
}

const OURS = 'stegvis.draft';

function keyOf(user: string, what: string): string {
  return `${OURS} ${user} ${what}`;
}

export function readLocal(user: string, what: string): LocalDraft | undefined {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(user, what)) ?? 'null') as LocalDraft | null) ?? undefined;
  } catch {
    return undefined; // something else's, or cut short: worth nothing
  }
}

/** Whether there was room for it. */
export function keepLocal(user: string, what: string, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(keyOf(user, what), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropLocal(user: string, what: string): void {
  localStorage.removeItem(keyOf(user, what));
}

/** Forgets everything that this person typed here. For signing out on a machine that others use. */
export function dropAllLocal(user: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(keyOf(user, ''))) localStorage.removeItem(key);
}
