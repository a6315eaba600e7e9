/** The diagrams that ran in a case, and where each event lies in them. */
import { payloadOf, textIn } from './events';
import { Walk, type WalkEvent } from './walk';

/** A diagram that ran in the case: its own, or that of a process that it called. */
export interface Run {
  /** The path of the call with the version that it ran; the case's own begins with `@`. */
  key: string;
  /** The calls that lead there, empty for the case's own. */
  path: string;
  process: string;
  version: string;
}

/** The diagrams that ran, in the order in which they began. */
export function runsOf(events: readonly WalkEvent[]): Run[] {
  const runs = new Map<string, Run>();
  for (const event of events) {
    const payload = payloadOf(event);
    if (event.type === 'case-started') {
      const version = textIn(payload, 'version');
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
export function runsByEvent(events: readonly WalkEvent[]): Map<number, Run> {
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
export function elementOf(event: WalkEvent, run: Run | undefined): string {
  return run?.path ? event.element.slice(run.path.length + 1) : event.element;
}
