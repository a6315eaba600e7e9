/** What the studio uses of bpmn-js, as far as its own types do not tell. */

/** Something that BPMN says: an element's attributes and what lies in it. */
export interface Said {
  $type: string;
  id?: string;
  name?: string;
  $parent?: Said;
  get: (name: string) => unknown;
}

/** A shape or connection on the canvas. */
export interface Drawn {
  id: string;
  type: string;
  businessObject: Said;
  parent?: Drawn;
  children?: Drawn[];
  incoming: Drawn[];
  outgoing: Drawn[];
  source?: Drawn;
  target?: Drawn;
  labelTarget?: Drawn;
  /** The events on its border. */
  attachers?: Drawn[];
  /** Of a connection. */
  waypoints?: unknown[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Kind {
  type: string;
  eventDefinitionType?: string;
  isExpanded?: boolean;
}

export interface Services {
  canvas: {
    getRootElement: () => Drawn;
    getGraphics: (element: Drawn) => SVGElement | undefined;
    viewbox: (to?: Box) => Box & { inner: Box };
    zoom: (level: number | 'fit-viewport', center?: 'auto') => number;
    scrollToElement: (element: Drawn, padding: { top: number; left: number; bottom: number; right: number }) => void;
    addMarker: (element: Drawn, marker: string) => void;
    removeMarker: (element: Drawn, marker: string) => void;
    focus: () => void;
    _svg: SVGElement;
  };
  elementRegistry: {
    get: (id: string) => Drawn | undefined;
    filter: (which: (element: Drawn) => boolean) => Drawn[];
    forEach: (each: (element: Drawn) => void) => void;
  };
  elementFactory: { createShape: (kind: Kind) => Drawn };
  selection: { get: () => Drawn[]; select: (element: Drawn | null) => void };
  eventBus: { on: (event: string, listener: (event: never) => unknown) => void };
  commandStack: {
    undo: () => void;
    redo: () => void;
    canUndo: () => boolean;
    canRedo: () => boolean;
    registerHandler: (name: string, handler: new () => object) => void;
    execute: (name: string, context: object) => void;
  };
  modeling: {
    updateProperties: (element: Drawn, values: Record<string, unknown>) => void;
    updateModdleProperties: (element: Drawn, said: Said, values: Record<string, unknown>) => void;
    updateLabel: (element: Drawn, name: string) => void;
    removeElements: (elements: Drawn[]) => void;
    connect: (from: Drawn, to: Drawn) => Drawn | undefined;
    reconnectStart: (flow: Drawn, to: Drawn, at: { x: number; y: number }) => void;
    createShape: (
      shape: Drawn,
      at: { x: number; y: number },
      parent: Drawn,
      hints?: { attach?: boolean; autoResize?: boolean },
    ) => Drawn;
    appendShape: (from: Drawn, shape: Drawn, at: { x: number; y: number }, parent?: Drawn) => Drawn;
    createSpace: (moving: Drawn[], growing: Drawn[], by: { x: number; y: number }, to: 'e', start: number) => void;
    addLane: (to: Drawn, where: 'top' | 'bottom') => Drawn;
  };
  bpmnReplace: { replaceElement: (element: Drawn, kind: Kind, hints: { select: boolean }) => Drawn };
  bpmnFactory: { create: (type: string, values: Record<string, unknown>) => Said };
  autoPlace: { append: (from: Drawn, shape: Drawn) => Drawn };
  spaceTool: {
    calculateAdjustments: (
      all: Drawn[],
      axis: 'x',
      by: number,
      start: number,
    ) => { movingShapes: Drawn[]; resizingShapes: Drawn[] };
  };
  create: { start: (event: Event, shape: Drawn, context?: { source: Drawn }) => void };
  connect: { start: (event: Event, from: Drawn) => void };
  contextPad: {
    registerProvider: (provider: { getContextPadEntries: (element: Drawn) => object }) => void;
    close: () => void;
    open: (element: Drawn, force: boolean) => void;
    isOpen: () => boolean;
  };
  overlays: {
    add: (element: string, type: string, overlay: object) => string;
    remove: (filter: { type: string }) => void;
  };
  keyboard: {
    addListener: (priority: number, listener: (context: { keyEvent: KeyboardEvent }) => boolean | undefined) => void;
  };
  editorActions: { unregister: (action: string) => void };
}

/** `userTask` for a bpmn:UserTask. */
export function tagOf(element: Drawn): string {
  const name = element.type.replace(/^bpmn:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** What an event waits for or does (`timer`, `message`, …), empty for none. */
export function triggerOf(element: Drawn): string {
  const [definition] = definitionsOf(element);
  if (!definition) return '';
  const name = definition.$type.replace(/^bpmn:/, '').replace(/EventDefinition$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function definitionsOf(element: Drawn): Said[] {
  return (element.businessObject.get('eventDefinitions') as Said[] | undefined) ?? [];
}

export function isStep(element: Drawn): boolean {
  return /^bpmn:(.*Task|.*Event|.*Gateway|CallActivity|SubProcess|AdHocSubProcess|Transaction)$/.test(element.type);
}

export function isEvent(element: Drawn): boolean {
  return /^bpmn:.*Event$/.test(element.type);
}

export function isActivity(element: Drawn): boolean {
  return isStep(element) && !isEvent(element) && !element.type.endsWith('Gateway');
}

export function isFlow(element: Drawn): boolean {
  return element.type === 'bpmn:SequenceFlow';
}
