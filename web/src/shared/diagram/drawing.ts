/** A drawn diagram and what is done with it: marks on elements, a selected one, zooming. */
import type { NavigatedViewer as Viewer } from './bpmn';

/** What is told about an element: an icon and a colour for the kind, words for those who see neither. */
export interface Mark {
  element: string;
  kind: 'done' | 'current' | 'problem' | 'withdrawn';
  /** A word or two, in the reader's language. */
  text: string;
  /** How often, where that is worth telling. */
  count?: number | undefined;
}

const ICONS = { done: '✓', current: '▶', problem: '!', withdrawn: '×' } as const;
const TOLD_IN_WORDS: readonly Mark['kind'][] = ['current', 'problem'];

interface Canvas {
  addMarker: (element: string, name: string) => void;
  removeMarker: (element: string, name: string) => void;
  zoom: (to?: number | 'fit-viewport', center?: 'auto') => number;
  getContainer: () => HTMLElement;
  getRootElement: () => { id: string };
}
interface Overlays {
  add: (element: string, type: string, overlay: object) => string;
  remove: (filter: { type: string }) => void;
}
interface Registry {
  get: (id: string) => { labelTarget?: { id: string }; id: string; waypoints?: unknown } | undefined;
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

export class Drawing {
  private readonly service: Service;
  private marked: [string, string][] = [];
  private selected: string | undefined;
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
    for (const mark of known) {
      if (this.service('elementRegistry').get(mark.element)?.waypoints) continue;
      overlays.add(mark.element, TYPE, { position: { top: -12, left: -8 }, html: badge(mark) });
    }
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

function badge({ kind, text, count }: Mark): HTMLElement {
  const element = document.createElement('div');
  element.className = `stegvis-badge stegvis-badge-${kind}`;
  element.title = text;
  const words = TOLD_IN_WORDS.includes(kind) ? ` ${text}` : '';
  element.textContent = `${ICONS[kind]}${words}${count !== undefined && count > 1 ? ` ×${String(count)}` : ''}`;
  return element;
}
