/** A drawn diagram and what is done with it: marks on elements, a selected one, zooming. */
import type { NavigatedViewer as Viewer } from './bpmn';

/** What is told about an element: an icon and a colour for the kind, words for those who see neither. */
export interface Mark {
  element: string;
  kind: 'done' | 'current' | 'problem' | 'withdrawn' | 'missed' | 'added' | 'removed' | 'changed';
  /** A word or two, in the reader's language. */
  text: string;
  /** How often, where that is worth telling. */
  count?: number | undefined;
  /** What the mark says, where that is not its icon, words and count. */
  shown?: string;
}

const ICONS = {
  done: '✓',
  current: '▶',
  problem: '!',
  withdrawn: '×',
  missed: '0',
  added: '+',
  removed: '−',
  changed: '≠',
} as const;
/** Flows are marked with a badge too where that is all that tells of them. */
const ON_FLOWS: readonly Mark['kind'][] = ['missed', 'added', 'removed', 'changed'];
const TOLD_IN_WORDS: readonly Mark['kind'][] = ['current', 'problem'];

interface Point {
  x: number;
  y: number;
}
interface Canvas {
  addMarker: (element: string, name: string) => void;
  removeMarker: (element: string, name: string) => void;
  zoom: (to?: number | 'fit-viewport', center?: 'auto') => number;
  viewbox: (box: { x: number; y: number; width: number; height: number }) => void;
  getContainer: () => HTMLElement;
  getRootElement: () => { id: string };
}
interface Overlays {
  add: (element: string, type: string, overlay: object) => string;
  remove: (filter: { type: string }) => void;
}
interface Shape {
  id: string;
  labelTarget?: { id: string };
  waypoints?: readonly Point[];
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}
interface Registry {
  get: (id: string) => Shape | undefined;
  getAll: () => { id: string }[];
}
interface Services {
  canvas: Canvas;
  overlays: Overlays;
  elementRegistry: Registry;
  eventBus: { on: (name: string, told: (event: { element: { id: string } }) => void) => void };
}
type Service = <Name extends keyof Services>(name: Name) => Services[Name];

const TYPE = 'stegvis-mark';
const SELECTED = 'stegvis-selected';
const STEP = 1.25;
/** At this size the texts of a diagram can be read. */
const READABLE = 0.75;
const TOO_SMALL = 0.5;

export class Drawing {
  private readonly service: Service;
  private marked: [string, string][] = [];
  private selected: string | undefined;
  private hasLooked = false;
  /** Once closed it does nothing more: whoever shows it may hear of that a moment later. */
  private isClosed = false;

  private constructor(private readonly viewer: Viewer) {
    this.service = ((name: string) => viewer.get(name as never)) as Service;
  }

  /** Draws the diagram in the place. `label` is what it is called for those who do not see it. */
  static async open(place: HTMLElement, xml: string, onSelect: (element: string) => void): Promise<Drawing> {
    const { NavigatedViewer } = await import('./bpmn');
    // The wheel scrolls the page, as everywhere; zooming has its buttons.
    const viewer = new NavigatedViewer({ container: place, zoomScroll: { enabled: false } } as object);
    const drawing = new Drawing(viewer);
    await viewer.importXML(xml);
    drawing.fit();
    drawing.service('eventBus').on('element.click', ({ element }) => {
      if (element.id !== drawing.service('canvas').getRootElement().id) onSelect(element.id.replace(/_label$/, ''));
    });
    return drawing;
  }

  name(label: string): void {
    if (this.isClosed) return;
    const drawn = this.service('canvas').getContainer().querySelector('svg');
    drawn?.setAttribute('role', 'img');
    drawn?.setAttribute('aria-label', label);
  }

  /** Shows these marks and no others. Elements that the diagram does not have are passed over. */
  mark(marks: readonly Mark[]): void {
    if (this.isClosed) return;
    const canvas = this.service('canvas');
    const overlays = this.service('overlays');
    for (const [element, marker] of this.marked) canvas.removeMarker(element, marker);
    overlays.remove({ type: TYPE });
    const known = marks.filter((mark) => this.has(mark.element));
    this.marked = known.map((mark) => [mark.element, `stegvis-${mark.kind}`]);
    for (const [element, marker] of this.marked) canvas.addMarker(element, marker);
    this.lookAtFirst(known);
    for (const mark of known) {
      const waypoints = this.service('elementRegistry').get(mark.element)?.waypoints;
      if (waypoints && !ON_FLOWS.includes(mark.kind)) continue;
      const position = waypoints ? middleOf(waypoints) : { top: -12, left: -8 };
      overlays.add(mark.element, TYPE, { position, html: badge(mark) });
    }
  }

  /** A diagram too large to be read whole opens where things stand; the whole is one button away. */
  private lookAtFirst(marks: readonly Mark[]): void {
    if (this.hasLooked || marks.length === 0) return;
    this.hasLooked = true;
    const canvas = this.service('canvas');
    const first = marks.find(({ kind }) => kind === 'current' || kind === 'problem') ?? marks.at(-1);
    const shape = first && this.service('elementRegistry').get(first.element);
    if (!shape || shape.x === undefined || shape.y === undefined || canvas.zoom() >= TOO_SMALL) return;
    const { clientWidth, clientHeight } = canvas.getContainer();
    const [width, height] = [clientWidth / READABLE, clientHeight / READABLE];
    const [middleX, middleY] = [shape.x + (shape.width ?? 0) / 2, shape.y + (shape.height ?? 0) / 2];
    canvas.viewbox({ x: middleX - width / 2, y: middleY - height / 2, width, height });
  }

  select(element: string | undefined): void {
    if (this.isClosed) return;
    const canvas = this.service('canvas');
    if (this.selected && this.has(this.selected)) canvas.removeMarker(this.selected, SELECTED);
    this.selected = element;
    if (element && this.has(element)) canvas.addMarker(element, SELECTED);
  }

  fit(): void {
    this.service('canvas').zoom('fit-viewport', 'auto');
  }

  nearer(): void {
    this.zoom(STEP);
  }

  farther(): void {
    this.zoom(1 / STEP);
  }

  close(): void {
    this.isClosed = true;
    this.viewer.destroy();
  }

  private zoom(factor: number): void {
    const canvas = this.service('canvas');
    canvas.zoom(canvas.zoom() * factor);
  }

  private has(element: string): boolean {
    return this.service('elementRegistry').get(element) !== undefined;
  }
}

/** Where a badge stands on a line: halfway along its longest stretch, told from the corner of the box around the line. */
function middleOf(points: readonly Point[]): { top: number; left: number } {
  let best = { x: 0, y: 0, length: -1 };
  points.slice(1).forEach((to, index) => {
    const from = points[index] ?? to;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length > best.length) best = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, length };
  });
  return {
    top: best.y - Math.min(...points.map(({ y }) => y)) - 12,
    left: best.x - Math.min(...points.map(({ x }) => x)) - 10,
  };
}

function badge({ kind, text, count, shown }: Mark): HTMLElement {
  const element = document.createElement('div');
  element.className = `stegvis-badge stegvis-badge-${kind}`;
  element.title = text;
  const words = TOLD_IN_WORDS.includes(kind) ? ` ${text}` : '';
  element.textContent =
    shown ?? `${ICONS[kind]}${words}${count !== undefined && count > 1 ? ` ×${String(count)}` : ''}`;
  return element;
}
