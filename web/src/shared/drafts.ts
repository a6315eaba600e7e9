/**
 * What somebody types, kept on this device at each short pause until the server has it: it survives a reload, a crash and a
 * server that is away.
 *
 * In localStorage, because a write there is done when the call returns: what is typed in the last instant before a page
 * goes away would be lost with the browser's other stores, which finish later. Each page writes a copy of its own, so that
 * two pages of the same form do not overwrite each other.
 */
export interface LocalDraft {
  values: unknown;
  baseSequence: number;
  /** RFC 3339. */
  savedAt: string;
}

/** One page's copy of what is typed into a form. */
export interface LocalCopy extends LocalDraft {
  /** The revision of the draft on the server that it goes on from, or `none`. */
  seen: string;
}

/** A change on its way to the server, kept until an answer comes. */
export interface Sending {
  key: string;
  body: unknown;
  /** RFC 3339. */
  since: string;
}

const DRAFT = 'stegvis.draft';
const SENDING = 'stegvis.sending';

function prefixOf(kind: string, user: string, what: string): string {
  return `${kind} ${user} ${what}`;
}

export function readLocal(user: string, what: string): LocalDraft | undefined {
  return read(prefixOf(DRAFT, user, what)) as LocalDraft | undefined;
}

/** Whether there was room for it. */
export function keepLocal(user: string, what: string, draft: LocalDraft): boolean {
  return write(prefixOf(DRAFT, user, what), draft);
}

export function dropLocal(user: string, what: string): void {
  remove(prefixOf(DRAFT, user, what));
}

/** The copies that pages left here, the oldest first, by the id of each. */
export function localCopies(user: string, what: string): { id: string; draft: LocalCopy }[] {
  const prefix = prefixOf(DRAFT, user, `${what} `);
  return keys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      const draft = read(key) as LocalCopy | undefined;
      return draft?.savedAt ? [{ id: key.slice(prefix.length), draft }] : [];
    })
    .sort((a, b) => a.draft.savedAt.localeCompare(b.draft.savedAt));
}

/** Whether there was room for it. */
export function keepCopy(user: string, what: string, id: string, draft: LocalCopy): boolean {
  return write(prefixOf(DRAFT, user, `${what} ${id}`), draft);
}

export function dropCopy(user: string, what: string, id: string): void {
  remove(prefixOf(DRAFT, user, `${what} ${id}`));
}

/** How many forms of this person have something here that the server does not have. */
export function countLocal(user: string): number {
  return keys().filter((key) => key.startsWith(prefixOf(DRAFT, user, ''))).length;
}

/** Forgets everything of this person here. */
export function dropAllLocal(user: string): void {
  for (const key of keys()) if ([DRAFT, SENDING].some((kind) => key.startsWith(prefixOf(kind, user, '')))) remove(key);
}

/** Whether this browser keeps anything on the device: in some private modes it does not. */
export function hasRoom(): boolean {
  const key = `${DRAFT}.try`;
  const isKept = write(key, 0);
  remove(key);
  return isKept;
}

export function readSending(user: string, what: string): Sending | undefined {
  return read(prefixOf(SENDING, user, what)) as Sending | undefined;
}

export function keepSending(user: string, what: string, sending: Sending | undefined): void {
  const key = prefixOf(SENDING, user, what);
  if (sending) write(key, sending);
  else remove(key);
}

/** A form that is open on this page. */
interface Open {
  save: () => Promise<void>;
  forget: () => void;
}

const open = new Set<Open>();

export function whileOpen(form: Open): () => void {
  open.add(form);
  return () => open.delete(form);
}

/** Saves whatever is being typed now; resolves when each has been tried. For signing out. */
export async function saveOpen(): Promise<void> {
  await Promise.allSettled([...open].map(({ save }) => save()));
}

/** Lets go of whatever is being typed now, so that the page keeps nothing when it goes. */
export function forgetOpen(): void {
  for (const { forget } of open) forget();
}

function keys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return []; // a browser that keeps nothing
  }
}

function read(key: string): unknown {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as unknown) ?? undefined;
  } catch {
    return undefined; // something else's, or cut short: worth nothing
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}
