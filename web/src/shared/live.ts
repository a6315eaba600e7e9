/** What changes on the server, as it changes: one stream for the whole app, open while somebody listens and the page is seen. */
interface LiveChange {
  caseId: string;
  /** `case`, `tasks`, `notes`, `files`: what of the case. */
  aspects: readonly string[];
}

/** What has changed; `everything` after a break that is too long to be made up for, or of unknown length. */
export type Heard = 'everything' | readonly LiveChange[];
type Listener = (heard: Heard) => void;

/** At most so often is anything told, so that a busy office does not make every page read without a pause. */
const PAUSE_MS = 2_000;
const FIRST_RETRY_MS = 3_000;
const LAST_RETRY_MS = 30_000;

export class LiveStream {
  private readonly listeners = new Set<Listener>();
  private source: EventSource | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private hasMissed = false;
  private waiting: Heard = [];
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connect: () => EventSource,
    private readonly isSeen: () => boolean,
  ) {}

  /** Hear of changes until the function that it gives is called. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    this.look();
    return () => {
      this.listeners.delete(listener);
      this.look();
    };
  }

  /** Opens or closes the stream, as is needed now. Call it when the page is shown or hidden. */
  look(): void {
    const isNeeded = this.listeners.size > 0 && this.isSeen();
    if (isNeeded && !this.source && this.retry === undefined) this.open();
    if (!isNeeded) this.close();
  }

  private open(): void {
    const source = this.connect();
    this.source = source;
    source.addEventListener('ready', () => {
      this.failures = 0;
      if (this.hasMissed) this.hear('everything');
      this.hasMissed = false;
    });
    source.addEventListener('reset', () => {
      this.failures = 0;
      this.hasMissed = false;
      this.hear('everything');
    });
    source.addEventListener('changes', (event: MessageEvent<string>) => {
      this.hear((JSON.parse(event.data) as { items: LiveChange[] }).items);
    });
    source.addEventListener('signed-out', () => {
      this.tryLater();
    });
    source.onerror = () => {
      // While it is connecting the browser tries again by itself, and says what was heard last.
      if (source.readyState === 2) this.tryLater();
    };
  }

  private close(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    if (!this.source) return;
    this.source.close();
    this.source = undefined;
    this.hasMissed = true;
  }

  private tryLater(): void {
    this.close();
    this.hasMissed = true;
    const milliseconds = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LAST_RETRY_MS);
    this.failures += 1;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.look();
    }, milliseconds);
  }

  private hear(heard: Heard): void {
    this.waiting = heard === 'everything' || this.waiting === 'everything' ? 'everything' : [...this.waiting, ...heard];
    if (this.pause === undefined) this.tell();
  }

  private tell(): void {
    this.pause = undefined;
    const heard = this.waiting;
    if (heard.length === 0) return;
    this.waiting = [];
    this.pause = setTimeout(() => {
      this.tell();
    }, PAUSE_MS);
    for (const listener of [...this.listeners]) listener(heard);
  }
}

/** Whether something of these aspects has changed, in the case if one is named. */
export function concerns(heard: Heard, aspect: string, caseId?: string): boolean {
  if (heard === 'everything') return true;
  return heard.some((one) => one.aspects.includes(aspect) && (caseId === undefined || one.caseId === caseId));
}

export const live = new LiveStream(
  () => new EventSource('/api/v1/events'),
  () => document.visibilityState === 'visible',
);
if (typeof document !== 'undefined')
  document.addEventListener('visibilitychange', () => {
    live.look();
  });
