/** Where a case stands, sorted by what a reader asks: what is going on, and what may also happen. */
import type { CaseDetail, Position } from './cases';
import { isOpen } from './tasks';

type Task = CaseDetail['tasks'][number];
type Wait = CaseDetail['waits'][number];

export interface Going {
  position: Position;
  /** What is to be done there, or what is waited for. */
  task?: Task;
  wait?: Wait;
  /** What it lies in, outermost first: the calls that lead there. */
  inside: readonly Position[];
  /** How many alike there are, in a loop. */
  count: number;
}

export interface Standing {
  going: readonly Going[];
  /** Boundary events with a time: what happens if it passes. */
  watched: readonly { position: Position; due: string }[];
}

const HOLDS = new Set(['subProcess', 'transaction', 'callActivity', 'adHocSubProcess']);

export function callOf({ path, element }: Pick<Position, 'path' | 'element'>): string {
  return path === element ? '' : path.slice(0, -element.length - 1);
}

/** Whether it is a loop as a whole: its rounds stand beside it, each for itself. */
export function isLoop({ path, loopCounter }: Position, all: readonly Position[]): boolean {
  return loopCounter === null && all.some((one) => one.path === path && one.loopCounter !== null);
}

export function standingOf({ positions, tasks, waits }: CaseDetail): Standing {
  const going: Going[] = [];
  const open = tasks.filter(isOpen);
  const left = [...waits];
  for (const position of positions) {
    if (position.kind === 'boundaryEvent' || isLoop(position, positions)) continue;
    const found = open.filter(
      ({ path, loopCounter }) => path === position.path && loopCounter === position.loopCounter,
    );
    const task = found[0] ?? open.find(({ path }) => path === position.path);
    if (HOLDS.has(position.kind) && !task) continue;
    const at = left.findIndex(({ element }) => element === position.path);
    const wait = at < 0 ? undefined : left.splice(at, 1)[0];
    if (task) open.splice(open.indexOf(task), 1);
    const same = going.find((one) => !one.task && !task && one.position.path === position.path);
    if (same) same.count += 1;
    else
      going.push({
        position,
        ...(task && { task }),
        ...(wait && { wait }),
        inside: around(position, positions),
        count: 1,
      });
  }
  const watched = left.flatMap(({ kind, element, due }) => {
    const position = positions.find(({ path, kind: what }) => path === element && what === 'boundaryEvent');
    return kind === 'timer' && position && due ? [{ position, due }] : [];
  });
  return { going, watched: watched.sort((a, b) => a.due.localeCompare(b.due)) };
}

function around(position: Position, all: readonly Position[]): Position[] {
  const calls = callOf(position).split('.').filter(Boolean);
  return calls.flatMap((_, index) => {
    const path = calls.slice(0, index + 1).join('.');
    return all.find((one) => one.path === path) ?? [];
  });
}
