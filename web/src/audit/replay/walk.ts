/**
 * A walk over a case's history, from its first event to any other: where the case stood then, what had happened at each
 * element and how often, and what its data were. Only history is asked, so a case that ended years ago is walked as well.
 */
import { payloadOf, put, textIn, untagged, type DataChange, type HistoryEvent, type Payload } from './events';

export type { HistoryEvent } from './events';

/** A diagram that ran in the case: its own, or that of a process that it called. */
export interface Run {
  /** The path of the call with the version that it ran; the case's own begins with `@`. */
  key: string;
  /** The calls that lead there, empty for the case's own. */
  path: string;
  process: string;
  version: string;
}

/** What has happened at one element so far. */
export interface ElementTold {
  element: string;
  name: string;
  nameEn: string;
  kind: string;
  /** How often a token has left it, a round of a loop counted as one. */
  done: number;
  withdrawn: number;
  skipped: number;
  /** How many tokens are there now. */
  here: number;
  incidents: number;
  /** How often each flow out of it was taken. */
  flows: ReadonlyMap<string, number>;
  /** The number of the last event about it. */
  last: number;
}

/** The case's data: values by name in each scope, as history names the scopes. */
export type CaseData = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export interface Moment {
  elements: ReadonlyMap<string, ReadonlyMap<string, ElementTold>>;
  data: CaseData;
  /** Whether what some event wrote has been erased, so that the data are not all there were. */
  hasGaps: boolean;
}

type Counts = Omit<{ -readonly [Name in keyof ElementTold]: ElementTold[Name] }, 'flows'> & {
  flows: Map<string, number>;
  /** How many wait for each thing: one token may wait for several. */
  waits: Map<string, number>;
};

const ENDS = new Set(['case-completed', 'case-failed', 'case-cancelled']);
/** Events that tell nothing of where the case stands; the element of a note that is struck is the note. */
const BESIDE = new Set(['data-changed', 'decision-evaluated', 'note-struck']);
const SCOPES = new Set(['subProcess', 'transaction', 'adHocSubProcess', 'callActivity']);

/** The diagrams that ran, in the order in which they began. */
export function runsOf(events: readonly HistoryEvent[]): Run[] {
  const runs = new Map<string, Run>();
  for (const event of events) {
    const payload = payloadOf(event);
    if (event.type === 'case-started') {
      const version = textIn(payload, 'version') || event.version;
      runs.set(`@${version}`, { key: `@${version}`, path: '', process: textIn(payload, 'process'), version });
    }
    const calls = textIn(payload, 'calls');
    if (event.type === 'element-entered' && calls) {
      const version = textIn(payload, 'version');
      const key = `${event.element}@${version}`;
      if (!runs.has(key)) runs.set(key, { key, path: event.element, process: calls, version });
    }
  }
  return [...runs.values()];
}

/** The diagram that each event happened in, by the event's number: that of the innermost call on the way to its element. */
export function runsByEvent(events: readonly HistoryEvent[]): Map<number, Run> {
  const runs = new Map(runsOf(events).map((run) => [run.key, run]));
  const walk = new Walk();
  const found = new Map<number, Run>();
  for (const event of events) {
    walk.step(event);
    const run = runs.get(walk.runOf(event.element));
    if (run) found.set(event.sequence, run);
  }
  return found;
}

/** The id of the event's element in its own diagram. */
export function elementOf(event: HistoryEvent, run: Run | undefined): string {
  return run?.path ? event.element.slice(run.path.length + 1) : event.element;
}

/** How the case stood right after the event with this number. */
export function momentAt(events: readonly HistoryEvent[], sequence: number): Moment {
  const walk = new Walk();
  for (const event of events) {
    if (event.sequence > sequence) break;
    walk.step(event);
  }
  return walk;
}

class Walk implements Moment {
  readonly elements = new Map<string, Map<string, Counts>>();
  readonly data = new Map<string, Record<string, unknown>>();
  hasGaps = false;
  /** The run that each call is in now, by its path. */
  private readonly calls = new Map<string, string>();

  step(event: HistoryEvent): void {
    const payload = payloadOf(event);
    if (event.type === 'case-started') this.calls.set('', `@${textIn(payload, 'version') || event.version}`);
    if (event.type === 'data-changed') this.write(event, payload);
    if (ENDS.has(event.type)) this.leaveAll();
    if (event.element && !BESIDE.has(event.type)) this.happen(event, payload);
    if (event.type === 'element-entered' && textIn(payload, 'calls'))
      this.calls.set(event.element, `${event.element}@${textIn(payload, 'version')}`);
  }

  runOf(element: string): string {
    return this.calls.get(this.callOf(element)) ?? '';
  }

  private callOf(element: string): string {
    for (let path = element; path.includes('.');) {
      path = path.slice(0, path.lastIndexOf('.'));
      if (this.calls.has(path)) return path;
    }
    return '';
  }

  private happen(event: HistoryEvent, payload: Payload): void {
    const told = this.counts(event, payload);
    told.last = event.sequence;
    const isWhole = 'rounds' in payload;
    // What watches an activity from its edge waits, but the case does not stand there.
    const isWatch = told.kind === 'boundaryEvent';
    switch (event.type) {
      case 'element-entered':
      case 'task-created':
        if (!isWhole) told.here += 1;
        break;
      case 'timer-set':
      case 'message-awaited':
        if (!isWatch) this.wait(told, `${event.type} ${textIn(payload, 'message')}`);
        break;
      case 'element-completed':
        if (!isWhole) told.done += 1;
        this.leave(event.element, told, isWhole);
        for (const flow of Array.isArray(payload.flows) ? payload.flows.map(String) : [])
          told.flows.set(flow, (told.flows.get(flow) ?? 0) + 1);
        break;
      case 'element-cancelled':
      case 'position-cancelled':
      case 'position-moved':
        told.withdrawn += 1;
        this.leave(event.element, told, isWhole);
        break;
      case 'element-skipped':
        told.skipped += 1;
        told.incidents = 0;
        this.leave(event.element, told, isWhole);
        break;
      case 'incident-opened':
        told.incidents += 1;
        break;
      case 'incident-resolved':
        told.incidents = Math.max(0, told.incidents - 1);
        break;
      case 'task-undone':
        told.done = Math.max(0, told.done - 1);
        told.here += 1;
        break;
    }
  }

  private counts(event: HistoryEvent, payload: Payload): Counts {
    const call = this.callOf(event.element);
    const run = this.calls.get(call) ?? '';
    const element = call ? event.element.slice(call.length + 1) : event.element;
    const ofRun = this.elements.get(run) ?? new Map<string, Counts>();
    this.elements.set(run, ofRun);
    const told: Counts = ofRun.get(element) ?? {
      ...{ element, name: '', nameEn: '', kind: '', done: 0, withdrawn: 0, skipped: 0, here: 0, incidents: 0, last: 0 },
      flows: new Map<string, number>(),
      waits: new Map<string, number>(),
    };
    told.name ||= textIn(payload, 'name');
    told.nameEn ||= textIn(payload, 'nameEn');
    told.kind ||= textIn(payload, 'kind');
    ofRun.set(element, told);
    return told;
  }

  private wait(told: Counts, what: string): void {
    const waiting = (told.waits.get(what) ?? 0) + 1;
    told.waits.set(what, waiting);
    told.here = Math.max(told.here, waiting);
  }

  /** A token leaves the element; when it ends a call, nothing is left inside. */
  private leave(path: string, told: Counts, isWhole: boolean): void {
    told.here = isWhole ? 0 : Math.max(0, told.here - 1);
    for (const [what, waiting] of told.waits) told.waits.set(what, Math.min(waiting - 1, told.here));
    if (told.here > 0 || !SCOPES.has(told.kind)) return;
    const inside = this.calls.get(path);
    for (const [call, run] of this.calls)
      if (run === inside || call.startsWith(`${path}.`))
        for (const one of this.elements.get(run)?.values() ?? []) one.here = 0;
  }

  private leaveAll(): void {
    for (const ofRun of this.elements.values()) for (const one of ofRun.values()) one.here = 0;
  }

  private write(event: HistoryEvent, payload: Payload): void {
    if (event.payload === null || !Array.isArray(payload.changes)) this.hasGaps = true;
    else
      for (const change of payload.changes as DataChange[]) {
        const values = { ...this.data.get(change.scope) };
        put(values, change.path.split('.'), untagged(change.after));
        this.data.set(change.scope, values);
      }
  }
}
