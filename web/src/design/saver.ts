/** Keeps what is drawn: on this device at each pause, then on the server, which refuses to overwrite somebody else. */
import { ApiProblem } from '@/api/problem';
import { dropLocal, keepLocal, readLocal } from '@/shared/drafts';
import { DIAGRAM, type Draft, saveFiles } from './drafts';

const PAUSE_MS = 700;
const AGAIN_MS = 5_000;

export type SaveState = 'saved' | 'waiting' | 'saving' | 'away' | 'conflict' | 'refused';

export interface Kept {
  state: SaveState;
  revision: number;
  /** RFC 3339. */
  savedAt: string;
}

export class Saver {
  #kept: Kept;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSaving = false;
  #isStale = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly user: string,
    private readonly draft: Draft,
    private readonly read: () => Promise<string>,
    private lastXml: string,
  ) {
    this.#kept = { state: 'saved', revision: draft.revision, savedAt: draft.savedAt };
  }

  /** What this device has of the draft and the server has not; `isCurrent` while nobody has saved since. */
  static left(user: string, draft: Draft): { xml: string; isCurrent: boolean } | undefined {
    const local = readLocal(user, nameOf(draft));
    return typeof local?.values === 'string'
      ? { xml: local.values, isCurrent: local.baseSequence === draft.revision }
      : undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly kept = (): Kept => this.#kept;

  /** Something was changed. */
  touch(): void {
    if (this.#kept.state === 'conflict') return;
    this.#isStale = true;
    this.#tell({ state: 'waiting' });
    this.#later(PAUSE_MS);
  }

  /** Saves at once; whether the server has everything afterwards. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#isSaving || this.#kept.state === 'conflict') return false;
    this.#isSaving = true;
    try {
      await this.#save();
    } finally {
      this.#isSaving = false;
    }
    if (this.#isStale && this.#kept.state === 'saved') this.touch();
    return this.#kept.state === 'saved';
  }

  /** The draft was saved in another way, such as by deploying it. */
  moveTo(draft: Draft): void {
    this.#tell({ revision: draft.revision, savedAt: draft.savedAt });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async #save(): Promise<void> {
    this.#isStale = false;
    const xml = await this.read();
    if (xml === this.lastXml) {
      this.#tell({ state: 'saved' });
      return;
    }
    keepLocal(this.user, nameOf(this.draft), {
      values: xml,
      baseSequence: this.#kept.revision,
      savedAt: new Date().toISOString(),
    });
    this.#tell({ state: 'saving' });
    try {
      const { revision, savedAt } = await saveFiles(this.draft.id, this.#kept.revision, { [DIAGRAM]: xml });
      this.lastXml = xml;
      dropLocal(this.user, nameOf(this.draft));
      this.#tell({ state: 'saved', revision, savedAt });
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.#isStale = true;
    if (error instanceof ApiProblem && [409, 412].includes(error.status)) this.#tell({ state: 'conflict' });
    else if (error instanceof ApiProblem && error.status < 500) this.#tell({ state: 'refused' });
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

export function forgetLocal(user: string, draft: Draft): void {
  dropLocal(user, nameOf(draft));
}

function nameOf(draft: Draft): string {
  return `package ${draft.id}`;
}
