/** The moments of a history, one after the other or wherever one goes. */
import type { WalkEvent } from './events';
import { Walk, type Moment } from './walk';

/** How the case stood right after the event with this number. */
export function momentAt(events: readonly WalkEvent[], sequence: number): Moment {
  return new Moments(events).at(sequence);
}

/** How many events lie between two moments that are kept to begin from. */
const KEPT_EVERY = 250;

/**
 * The moments of one history. Going to one begins from the nearest that is known before it, so that a step forth or back costs
 * no more late in a long history than early in it.
 */
export class Moments {
  private readonly kept: Walk[] = [new Walk()];
  private latest = new Walk();

  constructor(private readonly events: readonly WalkEvent[]) {}

  /** How many events have been gone over so far. */
  steps = 0;

  at(sequence: number): Moment {
    const end = endOf(this.events, sequence);
    const walk = this.nearest(end).copy();
    while (walk.length < end) {
      walk.step(this.events[walk.length] as WalkEvent);
      this.steps += 1;
      if (walk.length === this.kept.length * KEPT_EVERY) this.kept.push(walk.copy());
    }
    this.latest = walk;
    return walk;
  }

  private nearest(end: number): Walk {
    const kept = this.kept[Math.min(Math.floor(end / KEPT_EVERY), this.kept.length - 1)] as Walk;
    return this.latest.length <= end && this.latest.length > kept.length ? this.latest : kept;
  }
}

/** How many of the events, which are in order, have this number or a lower one. */
function endOf(events: readonly WalkEvent[], sequence: number): number {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((events[middle] as WalkEvent).sequence <= sequence) from = middle + 1;
    else to = middle;
  }
  return from;
}
