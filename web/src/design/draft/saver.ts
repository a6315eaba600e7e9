/**
 * Keeps some files of a draft: on this device at each pause, then on the server, which refuses to overwrite somebody else.
 * Somebody who saved other files of the draft meanwhile is no obstacle.
 */
import { ApiProblem } from '@/api/problem';
import { dropLocal, keepLocal, type LocalDraft, readLocal } from '@/shared/drafts';
import { type Draft, isOvertaken, readDraft, saveFiles, type WholeDraft } from '../drafts';

const PAUSE_MS = 700;
const AGAIN_MS = 5_000;

/** Answers that say: not now. */
const PASSING = [401, 408, 429];

type SaveState = 'saved' | 'waiting' | 'saving' | 'away' | 'conflict' | 'refused' | 'gone';

export interface Kept {
  state: SaveState;
  revision: number;
  /** RFC 3339. */
  savedAt: string;
  /** What somebody else has saved meanwhile, and what was written here. */
  conflict?: { theirs: WholeDraft; mine: Files };
}

/** Texts by path; null: the file is removed, or was not there. */
export type Files = Record<string, string | null>;

interface Local {
  files: Files;
  before: Files;
}

/** What this device has of a draft and the server has not. */
export interface Left {
  files: Files;
  /** RFC 3339. */
  at: string;
  /** Whether nobody has saved the same files since. */
  isCurrent: boolean;
}

export class Saver {
  #kept: Kept;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #isStale = false;
  #isEnded = false;
  #theirs: WholeDraft | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly user: string,
    private readonly draft: Draft,
    /** What is worked on: a file, or the folder of several. */
    private readonly what: string,
    private readonly read: () => Promise<Files>,
    private last: Files,
  ) {
    this.#kept = { state: 'saved', revision: draft.revision, savedAt: draft.savedAt };
  }

  /** What this device has and the server has not. What others saved past is laid aside, so that new changes leave it be. */
  static left(user: string, whole: WholeDraft, what: string): Left | undefined {
    const name = nameOf(whole.draft, what);
    const [local, older] = [readLocal(user, name), readLocal(user, olderOf(name))];
    const left = leftIn(local, whole);
    if (left?.isCurrent) return left;
    if (!local) return olderIn(older, whole);
    dropLocal(user, name);
    if (left) keepLocal(user, olderOf(name), local);
    return left ?? olderIn(older, whole);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly kept = (): Kept => this.#kept;

  /** Something was changed. */
  touch(): void {
    this.#isStale = true;
    if (this.#kept.state !== 'conflict') this.#tell({ state: 'waiting' });
    this.#later(PAUSE_MS);
  }

  /** Keeps on this device at once what the server has not of files that are at hand. */
  keep(read: Files): void {
    const files = this.#changedIn(read);
    const before = Object.fromEntries(Object.keys(files).map((name) => [name, this.last[name] ?? null]));
    if (Object.keys(files).length > 0) this.#keep(files, before);
  }

  /** Saves at once; whether the server has everything afterwards. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#isEnded) return false;
    // What nobody changed is not written, even where it would be written differently.
    if (!this.#isStale) return this.#kept.state === 'saved';
    this.#saving = this.#kept.state === 'conflict' ? this.#keepMine() : this.#save();
    await this.#saving.finally(() => {
      this.#saving = undefined;
    });
    if (this.#isStale && this.#kept.state === 'saved') this.touch();
    return this.#kept.state === 'saved';
  }

  /** What was written here, as it is now: one may have gone on since somebody else saved. */
  async mine(): Promise<Files> {
    await this.flush();
    return this.#kept.conflict?.mine ?? this.#changed();
  }

  /** The draft was saved in another way, such as by deploying it. */
  moveTo(draft: Draft): void {
    this.#tell({ revision: draft.revision, savedAt: draft.savedAt });
  }

  /** The draft is gone: nothing more is saved. */
  end(): void {
    this.#isEnded = true;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async #save(): Promise<void> {
    this.#isStale = false;
    const files = await this.#changed();
    const before = Object.fromEntries(Object.keys(files).map((name) => [name, this.last[name] ?? null]));
    if (Object.keys(files).length === 0) {
      dropLocal(this.user, nameOf(this.draft, this.what));
      this.#tell({ state: 'saved' });
      return;
    }
    this.#keep(files, before);
    this.#tell({ state: 'saving' });
    try {
      const { revision, savedAt } = await this.#send(files, before);
      this.last = { ...this.last, ...files };
      dropLocal(this.user, nameOf(this.draft, this.what));
      this.#tell({ state: 'saved', revision, savedAt });
    } catch (error) {
      this.#failed(error, files);
    }
  }

  /** What is written while one has not chosen yet stays on this device, as what came before. */
  async #keepMine(): Promise<void> {
    this.#isStale = false;
    const { conflict } = this.#kept;
    if (!conflict) return;
    const mine = await this.#changed();
    this.#keep(mine, Object.fromEntries(Object.keys(mine).map((name) => [name, this.last[name] ?? null])));
    this.#tell({ conflict: { ...conflict, mine } });
  }

  async #changed(): Promise<Files> {
    return this.#changedIn(await this.read());
  }

  #changedIn(read: Files): Files {
    return Object.fromEntries(Object.entries(read).filter(([name, text]) => text !== (this.last[name] ?? null)));
  }

  #keep(files: Files, before: Files): void {
    keepLocal(this.user, nameOf(this.draft, this.what), {
      values: { files, before } satisfies Local,
      baseSequence: this.#kept.revision,
      savedAt: new Date().toISOString(),
    });
  }

  /** Sends the files; once more when somebody has saved others meanwhile. */
  async #send(files: Files, before: Files): Promise<Draft> {
    try {
      return await saveFiles(this.draft.id, this.#kept.revision, files);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      const now = await readDraft(this.draft.id);
      this.#theirs = now;
      if (isSame(files, now.files)) return now.draft;
      if (!isSame(before, now.files)) throw error;
      return saveFiles(this.draft.id, now.draft.revision, files);
    }
  }

  #failed(error: unknown, mine: Files): void {
    this.#isStale = true;
    if (isOvertaken(error) && this.#theirs) this.#tell({ state: 'conflict', conflict: { theirs: this.#theirs, mine } });
    else if (error instanceof ApiProblem && error.status === 404) this.#tell({ state: 'gone' });
    else if (error instanceof ApiProblem && error.status < 500 && !PASSING.includes(error.status))
      this.#tell({ state: 'refused' });
    else {
      this.#tell({ state: 'away' });
      this.#later(AGAIN_MS);
    }
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  #tell(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export function forgetLocal(user: string, draft: Draft, what: string): void {
  dropLocal(user, nameOf(draft, what));
  dropLocal(user, olderOf(nameOf(draft, what)));
}

function leftIn(local: LocalDraft | undefined, whole: WholeDraft): Left | undefined {
  const left = local?.values as Local | undefined;
  if (!local || !left?.files || !left.before || isSame(left.files, whole.files)) return undefined;
  return { files: left.files, at: local.savedAt, isCurrent: isSame(left.before, whole.files) };
}

/** What was laid aside is never taken up by itself. */
function olderIn(local: LocalDraft | undefined, whole: WholeDraft): Left | undefined {
  const left = leftIn(local, whole);
  return left && { ...left, isCurrent: false };
}

function olderOf(name: string): string {
  return `${name} older`;
}

function nameOf(draft: Draft, what: string): string {
  return `package ${draft.id} ${what}`;
}

export function isSame(before: Files, now: Record<string, string>): boolean {
  return Object.entries(before).every(([name, text]) => text === (now[name] ?? null));
}
