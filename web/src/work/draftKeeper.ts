/** Keeps what is being typed: on this device at each short pause, on the server soon after, valid or not. */
import { ApiProblem } from '@/api/problem';
import type { LocalDraft } from '@/shared/drafts';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';

export const LOCAL_PAUSE_MS = 300;
export const SERVER_PAUSE_MS = 1500;
export const AGAIN_MS = 5000;

export type Kept = { where: 'nowhere' | 'typing' | 'unsaved' } | { where: 'local' | 'server' | 'taken'; at: string };

/** The two places where a draft lies. */
export interface Places {
  read: () => LocalDraft | undefined;
  /** Whether there was room for it. */
  keep: (draft: LocalDraft) => boolean;
  drop: () => void;
  /** Resolves to when the server had it (RFC 3339). */
  send: (values: JsonObject, baseSequence: number) => Promise<string>;
}

export interface DraftState {
  values: JsonObject;
  kept: Kept;
}

export class DraftKeeper {
  private readonly listeners = new Set<() => void>();
  private local: ReturnType<typeof setTimeout> | undefined;
  private server: ReturnType<typeof setTimeout> | undefined;
  private isSent = true;

  constructor(
    private state: DraftState,
    private readonly baseSequence: number,
    private readonly places: Places,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): DraftState => this.state;

  /** Takes up what this device has and the server has not: typed just before a crash, or while the server was away. */
  takeUp(): void {
    const found = this.places.read();
    const { kept } = this.state;
    if (!found || !isObject(found.values) || !this.isSent) return;
    if (kept.where === 'taken' && kept.at >= found.savedAt) return;
    this.isSent = false;
    this.set({ values: found.values, kept: { where: 'taken', at: found.savedAt } });
    this.later();
  }

  readonly change = (values: JsonObject): void => {
    if (JSON.stringify(values) === JSON.stringify(this.state.values)) return;
    this.isSent = false;
    this.set({ values, kept: { where: 'typing' } });
    this.later();
  };

  /** At once, when the page goes away. */
  readonly keepNow = (): void => {
    if (!this.isSent) this.keep();
  };

  /** Stops the timers; what is not sent lies on this device. */
  stop(): void {
    this.keepNow();
    clearTimeout(this.local);
    clearTimeout(this.server);
  }

  /** After the task has been completed. */
  forget(): void {
    this.isSent = true;
    this.stop();
    this.places.drop();
  }

  private later(): void {
    clearTimeout(this.local);
    clearTimeout(this.server);
    this.local = setTimeout(() => this.keep(), LOCAL_PAUSE_MS);
    this.server = setTimeout(() => void this.send(), SERVER_PAUSE_MS);
  }

  /** When it was kept; undefined when there was no room for it. */
  private keep(): string | undefined {
    const savedAt = new Date().toISOString();
    const isKept = this.places.keep({ values: this.state.values, baseSequence: this.baseSequence, savedAt });
    return isKept ? savedAt : undefined;
  }

  private async send(): Promise<void> {
    const { values } = this.state;
    try {
      const at = await this.places.send(values, this.baseSequence);
      if (this.state.values !== values) return;
      this.isSent = true;
      this.set({ values, kept: { where: 'server', at } });
    } catch (problem) {
      const at = this.keep();
      if (this.state.values !== values) return;
      this.set({ values, kept: at ? { where: 'local', at } : { where: 'unsaved' } });
      // An answer that says no will say no again; only a server that is away is asked once more.
      if (!(problem instanceof ApiProblem && problem.status < 500))
        this.server = setTimeout(() => void this.send(), AGAIN_MS);
    }
  }

  private set(state: DraftState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
