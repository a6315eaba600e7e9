/** Keeps what is being typed: on this device at each short pause, on the server soon after, valid or not. */
import { ApiProblem } from '@/api/problem';
import { isSame } from '@/shared/form/compare/differences';
import { isObject, type JsonObject } from '@/shared/form/rules/schema';
import { NONE, type Copy, type DraftState, type Places, type ServerDraft } from './places';

export const LOCAL_PAUSE_MS = 300;
export const SERVER_PAUSE_MS = 1500;
export const AGAIN_MS = 5000;

export class DraftKeeper {
  private readonly listeners = new Set<() => void>();
  private local: ReturnType<typeof setTimeout> | undefined;
  private server: ReturnType<typeof setTimeout> | undefined;
  private isSent = true;
  private isOver = false;
  /** Whether the server has not answered for long. */
  private isSlow = false;
  private underWay: Promise<void> | undefined;
  private revision: string;
  private waiting: Copy[] = [];
  private state: DraftState;

  constructor(
    begun: { values: JsonObject; baseSequence: number },
    kept: ServerDraft | undefined,
    private readonly places: Places,
  ) {
    const values = kept && isObject(kept.values) ? kept.values : begun.values;
    this.revision = kept?.revision ?? NONE;
    this.state = {
      values,
      baseSequence: kept?.baseSequence ?? begun.baseSequence,
      kept: kept ? { where: 'taken', at: kept.savedAt } : { where: 'nowhere' },
      hasRoom: places.hasRoom(),
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): DraftState => this.state;

  /** Takes up what this device has and the server has not. What does not go on from the server's draft is to be chosen about. */
  takeUp(): void {
    this.isOver = false;
    if (!this.isSent) {
      this.later();
      return;
    }
    const copies = this.places.copies();
    const next = copies.filter((one) => one.seen === this.revision).at(-1);
    this.waiting = copies.filter((one) => one !== next);
    if (next && !isSame(next.values, this.state.values)) {
      this.isSent = false;
      this.set({ values: next.values, baseSequence: next.baseSequence, kept: { where: 'taken', at: next.savedAt } });
      this.keep();
      this.later();
    }
    if (next) this.places.dropCopy(next.id);
    this.offer();
  }

  readonly change = (values: JsonObject): void => {
    if (JSON.stringify(values) === JSON.stringify(this.state.values)) return;
    this.isSent = false;
    this.set({ values, kept: { where: 'typing' } });
    this.later();
  };

  /** What somebody has chosen of two drafts: it goes on from both. */
  readonly choose = (values: JsonObject): void => {
    const { other } = this.state;
    if (!other) return;
    if (other.revision) this.revision = other.revision;
    this.isSent = false;
    const baseSequence = Math.min(this.state.baseSequence, other.baseSequence);
    this.set({ values, baseSequence, kept: { where: 'typing' }, other: undefined });
    this.keep();
    if (other.id) this.places.dropCopy(other.id);
    this.offer();
    this.later();
  };

  /** What another page of the same person has just saved. What is being typed here is left alone. */
  readonly hear = (draft: ServerDraft): void => {
    if (!this.isSent || this.state.other || !isObject(draft.values)) return;
    this.revision = draft.revision;
    this.set({ values: draft.values, kept: { where: 'server', at: draft.savedAt } });
  };

  /** At once, when the page goes away. Whether it now lies somewhere. */
  readonly keepNow = (): boolean => this.isSent || this.keep() !== undefined;

  /** Sends at once what has not been sent; resolves when it has been tried. */
  readonly flush = async (): Promise<void> => {
    if (this.underWay) await this.underWay;
    if (!this.isSent) await this.send();
  };

  /** Stops the timers; what is not sent lies on this device. */
  stop(): void {
    this.keepNow();
    this.isOver = true;
    clearTimeout(this.local);
    clearTimeout(this.server);
  }

  /** After it has been sent for good, or thrown away. */
  forget(): void {
    this.isSent = true;
    this.stop();
    this.places.drop();
  }

  private later(): void {
    clearTimeout(this.local);
    clearTimeout(this.server);
    if (this.isOver) return;
    this.local = setTimeout(() => {
      const at = this.keep();
      if (this.isSlow) this.tellWhere(at);
    }, LOCAL_PAUSE_MS);
    this.server = setTimeout(() => void this.send(), SERVER_PAUSE_MS);
  }

  /** Shows the next copy that is neither on the page nor what it goes on from. */
  private offer(): void {
    while (!this.state.other && this.waiting.length > 0) {
      const next = this.waiting.pop();
      if (next && isSame(next.values, this.state.values)) this.places.dropCopy(next.id);
      else if (next) this.set({ other: next });
    }
  }

  /** When it was kept; undefined when there was no room for it. */
  private keep(): string | undefined {
    const savedAt = new Date().toISOString();
    const { values, baseSequence } = this.state;
    const isKept = this.places.keep({ values, baseSequence, savedAt, seen: this.revision });
    if (isKept !== this.state.hasRoom) this.set({ hasRoom: isKept });
    return isKept ? savedAt : undefined;
  }

  /** One at a time: each save goes on from the one before. */
  private async send(): Promise<void> {
    if (this.underWay) {
      this.server = setTimeout(() => void this.send(), SERVER_PAUSE_MS);
      return;
    }
    if (this.state.other) return;
    this.underWay = this.sendNow();
    try {
      await this.underWay;
    } finally {
      this.underWay = undefined;
    }
  }

  private async sendNow(): Promise<void> {
    const { values, baseSequence } = this.state;
    const slow = setTimeout(() => {
      this.isSlow = true;
      if (!this.isOver) this.tellWhere(this.keep());
    }, AGAIN_MS);
    try {
      const saved = await this.places.send(values, baseSequence, this.revision);
      if (this.isOver && this.isSent) return;
      this.hold(saved, values);
    } catch (problem) {
      if (this.isSent) return;
      if (problem instanceof ApiProblem && ['precondition-failed', 'revision-conflict'].includes(problem.code))
        await this.meet();
      else this.fail(problem, values);
    } finally {
      clearTimeout(slow);
      this.isSlow = false;
    }
  }

  /** Where it lies while the server does not answer. */
  private tellWhere(at: string | undefined): void {
    if (this.state.kept.where !== 'nowhere') this.set({ kept: at ? { where: 'local', at } : { where: 'unsaved' } });
  }

  /** The server has these values. */
  private hold(saved: ServerDraft, values: JsonObject): void {
    this.revision = saved.revision;
    if (this.state.values !== values) return;
    this.isSent = true;
    this.places.drop();
    this.set({ values, kept: { where: 'server', at: saved.savedAt } });
  }

  /** The same person has saved another draft somewhere else. */
  private async meet(): Promise<void> {
    this.keep();
    try {
      const there = await this.places.fetch();
      if (!there || !isObject(there.values)) {
        this.revision = NONE;
        this.later();
      } else if (isSame(there.values, this.state.values)) this.hold(there, this.state.values);
      else this.set({ other: { ...there, values: there.values, origin: 'server', id: '' } });
    } catch (problem) {
      this.fail(problem, this.state.values);
    }
  }

  private fail(problem: unknown, values: JsonObject): void {
    const at = this.keep();
    if (this.state.values !== values) return;
    const isRefused = problem instanceof ApiProblem && problem.status < 500;
    if (!at) this.set({ kept: { where: 'unsaved' } });
    else if (isRefused) this.set({ kept: { where: 'refused', at, code: problem.code } });
    else this.set({ kept: { where: 'local', at } });
    // An answer that says no will say no again; only a server that is away is asked once more.
    if (!isRefused && !this.isOver) this.server = setTimeout(() => void this.send(), AGAIN_MS);
  }

  private set(change: Partial<DraftState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
