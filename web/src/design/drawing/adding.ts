/** Where new elements are put. What came next after an element comes next still after what is put there. */
import { type Drawn, isFlow } from './bpmn';
import { isFrame, type KindName, KINDS, mayLeadOn, NEXT } from './kinds';
import type { Studio } from './Studio';

const ROOM = 60;
const BESIDE = 45;
const STEP_GAP = 50;

/** To be called within a step that can be undone. */
export function place(studio: Studio, kind: KindName, beside: Drawn | undefined): Drawn {
  const modeling = studio.get('modeling');
  if (kind === 'lane' && beside) return modeling.addLane(beside, 'bottom');
  if (kind === 'participant') return putPool(studio);
  const shape = studio.get('elementFactory').createShape(KINDS[kind]);
  // A note about something is tied to it.
  if (kind === 'textAnnotation' && beside && !isFrame(beside)) return studio.get('autoPlace').append(beside, shape);
  if (kind === 'boundary' && beside) {
    const before = (beside.attachers ?? []).length;
    const at = { x: beside.x + beside.width - 20 - before * BESIDE, y: beside.y + beside.height };
    return modeling.createShape(shape, at, beside, { attach: true });
  }
  const isNext = beside !== undefined && mayLeadOn(beside) && NEXT.includes(kind);
  const added = isNext
    ? append(studio, shape, beside)
    : modeling.createShape(shape, middle(studio, shape), around(studio));
  if (kind === 'subProcess') {
    const start = studio.get('elementFactory').createShape(KINDS.startEvent);
    modeling.createShape(start, { x: added.x + ROOM, y: added.y + added.height / 2 }, added);
  }
  return added;
}

function append(studio: Studio, shape: Drawn, after: Drawn): Drawn {
  const flows = after.outgoing.filter(isFlow);
  const [only] = flows;
  const next = flows.length === 1 && shape.type !== 'bpmn:EndEvent' && !after.type.endsWith('Gateway') && only?.target;
  if (!next) return studio.get('autoPlace').append(after, shape);
  const added = between(studio, shape, after, next) ?? studio.get('autoPlace').append(after, shape);
  const at = { x: added.x + added.width / 2, y: added.y + added.height / 2 };
  studio.get('modeling').reconnectStart(only, added, at);
  return added;
}

/** In line with an element, what lies to the right of it moved away as far as is needed; not where the next lies elsewhere. */
function between(studio: Studio, shape: Drawn, after: Drawn, next: Drawn): Drawn | undefined {
  const right = after.x + after.width;
  if (next.x <= right || after.type === 'bpmn:BoundaryEvent' || next.parent !== after.parent) return undefined;
  const missing = shape.width + 2 * STEP_GAP - (next.x - right);
  if (missing > 0) {
    const all = studio.get('spaceTool').calculateAdjustments(within(studio.root), 'x', missing, next.x - 1);
    studio.get('modeling').createSpace(all.movingShapes, all.resizingShapes, { x: missing, y: 0 }, 'e', next.x - 1);
  }
  const at = { x: Math.round(right + STEP_GAP + shape.width / 2), y: Math.round(after.y + after.height / 2) };
  return isFree(studio, at, shape, after)
    ? studio.get('modeling').appendShape(after, shape, at, after.parent)
    : undefined;
}

function isFree(studio: Studio, { x, y }: { x: number; y: number }, { width, height }: Drawn, after: Drawn): boolean {
  return !studio.steps.some(
    (one) =>
      one.parent === after.parent &&
      Math.abs(one.x + one.width / 2 - x) < (one.width + width) / 2 &&
      Math.abs(one.y + one.height / 2 - y) < (one.height + height) / 2,
  );
}

function within(drawn: Drawn): Drawn[] {
  return [drawn, ...(drawn.children ?? []).flatMap(within)];
}

/** The pool or sub-process that one is in, or the process. */
function around(studio: Studio): Drawn {
  const { selected } = studio;
  const isRoom = selected.type === 'bpmn:Participant' || /SubProcess$|Transaction$/.test(selected.type);
  return isRoom && !isFrame(selected) ? selected : studio.whole;
}

/** A pool around everything that is drawn; below the others where there are pools. */
function putPool(studio: Studio): Drawn {
  const { root } = studio;
  const all = studio.get('elementRegistry').filter((one) => one.parent === root && !one.waypoints);
  const box = boxOf(all);
  const size = root.type === 'bpmn:Collaboration' ? { width: 600, height: 250 } : sized(box);
  const shape = studio.get('elementFactory').createShape({ ...KINDS.participant });
  Object.assign(shape, size);
  const x = box.left + (box.right - box.left) / 2;
  const y = root.type === 'bpmn:Collaboration' ? box.bottom + ROOM + size.height / 2 : (box.top + box.bottom) / 2;
  return studio.get('modeling').createShape(shape, { x: Math.round(x - 15), y: Math.round(y) }, root);
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function sized({ left, right, top, bottom }: Box): { width: number; height: number } {
  return { width: Math.max(600, right - left + 2 * ROOM + 30), height: Math.max(250, bottom - top + 2 * ROOM) };
}

function boxOf(drawn: readonly Drawn[]): Box {
  const none = { left: 160, top: 80, right: 760, bottom: 330 };
  if (drawn.length === 0) return none;
  return {
    left: Math.min(...drawn.map((one) => one.x)),
    top: Math.min(...drawn.map((one) => one.y)),
    right: Math.max(...drawn.map((one) => one.x + one.width)),
    bottom: Math.max(...drawn.map((one) => one.y + one.height)),
  };
}

function middle(studio: Studio, shape: Drawn): { x: number; y: number } {
  const { selected } = studio;
  if (around(studio) === selected && selected !== studio.whole)
    return { x: Math.round(selected.x + selected.width / 2), y: Math.round(selected.y + selected.height / 2) };
  const { x, y, width, height } = studio.get('canvas').viewbox();
  return free(studio, { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }, shape);
}

/** The point, or the nearest below it where no step lies. */
function free(studio: Studio, at: { x: number; y: number }, shape: Drawn): { x: number; y: number } {
  const isTaken = studio.steps.some(
    (one) =>
      Math.abs(one.x + one.width / 2 - at.x) < one.width / 2 + Math.max(ROOM, shape.width / 2 + BESIDE) &&
      Math.abs(one.y + one.height / 2 - at.y) < one.height / 2 + Math.max(ROOM, shape.height / 2 + BESIDE),
  );
  return isTaken ? free(studio, { x: at.x, y: at.y + ROOM }, shape) : at;
}
