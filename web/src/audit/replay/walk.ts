/**
 * A walk over a case's history, from its first event to any other: where the case stood then, what had happened at each
 * element and how often, and what its data were. Only history is asked, so a case that ended years ago is walked as well.
 */
import { payloadOf, put, textIn, untagged, type DataChange, type WalkEvent, type Payload } from './events';

export type { WalkEvent } from './events';

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
  /** The path of the call that each scope was written to in; empty for the case's own process. */
  callOfScope: ReadonlyMap<string, string>;
  /** Whether what some event wrote has been erased, so that the data are not all there were. */
  hasGaps: boolean;
}

type Counts = Omit<{ -readonly [Name in keyof ElementTold]: ElementTold[Name] }, 'flows'> & {
  flows: Map<string, number>;
  /** How many wait for each thing: one token may wait for several. */
  waits: Map<string, number>;
  isLoop: boolean;
  /** When an operator took a token from here: the step goes on to tell that it left, which is no news. */
  settled: string;
};

const ENDS = new Set(['case-completed', 'case-failed', 'case-cancelled']);
/** Events that tell nothing of where the case stands; the element of a note that is struck is the note. */
const BESIDE = new Set(['data-changed', 'decision-evaluated', 'note-struck']);
const JOB = 'job-ordered';
const SCOPES = new Set(['subProcess', 'transaction', 'adHocSubProcess', 'callActivity']);

/** Whether the event is about a loop as a whole, which is under way as long as its rounds are: those are counted. */
function isOfLoop(told: Counts, payload: Payload): boolean {
  const isRound = 'loopCounter' in payload;
  // What began here before the first round was the loop itself.
  if (isRound && !told.isLoop) told.here = 0;
  told.isLoop ||= isRound || 'rounds' in payload;
  // Of what is erased no more than names are known.
  return told.isLoop && !isRound && 'kind' in payload;
}

function copied(told: Counts): Counts {
  return { ...told, flows: new Map(told.flows), waits: new Map(told.waits) };
}

/** A walk, as far as it has come. */
export class Walk implements Moment {
  readonly elements = new Map<string, Map<string, Counts>>();
  readonly data = new Map<string, Record<string, unknown>>();
  readonly callOfScope = new Map<string, string>();
  hasGaps = false;
  /** How many events it has gone over. */
  length = 0;
  /** The run that each call is in now, by its path. */
  private readonly calls = new Map<string, string>();

  /** The same moment, to go on from: the values of data are shared, as they are never changed. */
  copy(): Walk {
    const copy = new Walk();
    copy.hasGaps = this.hasGaps;
    copy.length = this.length;
    for (const [path, run] of this.calls) copy.calls.set(path, run);
    for (const [scope, values] of this.data) copy.data.set(scope, values);
    for (const [scope, call] of this.callOfScope) copy.callOfScope.set(scope, call);
    for (const [run, ofRun] of this.elements)
      copy.elements.set(run, new Map([...ofRun].map(([element, told]) => [element, copied(told)])));
    return copy;
  }

  step(event: WalkEvent): void {
    this.length += 1;
    const payload = payloadOf(event);
    if (event.type === 'case-started') this.calls.set('', `@${textIn(payload, 'version')}`);
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

  private happen(event: WalkEvent, payload: Payload): void {
    const told = this.counts(event, payload);
    told.last = event.sequence;
    const isWhole = isOfLoop(told, payload);
    const isSettled = told.settled === event.at && !isWhole;
    // What watches an activity from its edge waits, but the case does not stand there.
    const isWatch = told.kind === 'boundaryEvent';
    switch (event.type) {
      case 'element-entered':
      case 'task-created':
        if (!isWhole) told.here += 1;
        break;
      case 'timer-set':
      case 'message-awaited':
      case JOB:
        if (!isWatch) this.wait(told, `${event.type} ${textIn(payload, 'message')}`.trim());
        break;
      case 'element-completed':
        if (!isWhole && !isSettled) told.done += 1;
        this.leave(event.element, told, isWhole, isSettled);
        for (const flow of Array.isArray(payload.flows) ? payload.flows.map(String) : [])
          told.flows.set(flow, (told.flows.get(flow) ?? 0) + 1);
        break;
      case 'position-cancelled':
      case 'position-moved':
      case 'element-cancelled':
        if (!isWhole && !isSettled) told.withdrawn += 1;
        this.leave(event.element, told, isWhole, isSettled);
        if (event.type !== 'element-cancelled' && !isWhole) told.settled = event.at;
        break;
      case 'element-skipped':
        told.skipped += 1;
        told.incidents = 0;
        // A join, or an event that could not take what came, waits on.
        if (!('flows' in payload)) break;
        this.leave(event.element, told, isWhole, false);
        if (!isWhole) told.settled = event.at;
        break;
      case 'incident-opened':
        told.incidents += 1;
        break;
      case 'incident-resolved':
        told.incidents = Math.max(0, told.incidents - 1);
        // The token is where it was; its job is ordered anew.
        told.waits.set(JOB, Math.max(0, (told.waits.get(JOB) ?? 0) - 1));
        break;
      case 'task-undone':
        told.done = Math.max(0, told.done - 1);
        told.here += 1;
        break;
    }
  }

  private counts(event: WalkEvent, payload: Payload): Counts {
    const call = this.callOf(event.element);
    const run = this.calls.get(call) ?? '';
    const element = call ? event.element.slice(call.length + 1) : event.element;
    const ofRun = this.elements.get(run) ?? new Map<string, Counts>();
    this.elements.set(run, ofRun);
    const told: Counts = ofRun.get(element) ?? {
      ...{ element, name: '', nameEn: '', kind: '', done: 0, withdrawn: 0, skipped: 0, here: 0, incidents: 0, last: 0 },
      flows: new Map<string, number>(),
      waits: new Map<string, number>(),
      ...{ isLoop: false, settled: '' },
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

  /** A token leaves the element, unless that is settled; when it ends a call, nothing is left inside. */
  private leave(path: string, told: Counts, isWhole: boolean, isSettled: boolean): void {
    if (isSettled) {
      told.settled = '';
      return;
    }
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

  private write(event: WalkEvent, payload: Payload): void {
    if (!Array.isArray(payload.changes)) this.hasGaps = true;
    else
      for (const change of payload.changes as DataChange[]) {
        const values = { ...this.data.get(change.scope) };
        put(values, change.path.split('.'), untagged(change.after));
        this.data.set(change.scope, values);
        this.callOfScope.set(change.scope, change.scope === 'case' ? '' : this.callOf(event.element));
      }
  }
}
