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
  incoming: Drawn[];
  outgoing: Drawn[];
  source?: Drawn;
  target?: Drawn;
  labelTarget?: Drawn;
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

/** What the toolbar offers to draw. */
export const KINDS = {
  userTask: { type: 'bpmn:UserTask' },
  manualTask: { type: 'bpmn:ManualTask' },
  businessRuleTask: { type: 'bpmn:BusinessRuleTask' },
  scriptTask: { type: 'bpmn:ScriptTask' },
  serviceTask: { type: 'bpmn:ServiceTask' },
  callActivity: { type: 'bpmn:CallActivity' },
  exclusiveGateway: { type: 'bpmn:ExclusiveGateway' },
  inclusiveGateway: { type: 'bpmn:InclusiveGateway' },
  parallelGateway: { type: 'bpmn:ParallelGateway' },
  timer: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
  message: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' },
  endEvent: { type: 'bpmn:EndEvent' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export interface Services {
  canvas: {
    getRootElement: () => Drawn;
    getGraphics: (element: Drawn) => SVGElement;
    viewbox: () => { x: number; y: number; width: number; height: number; inner: { width: number; height: number } };
    zoom: (level: number | 'fit-viewport', center?: 'auto') => number;
    scrollToElement: (element: Drawn) => void;
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
    createShape: (shape: Drawn, at: { x: number; y: number }, parent: Drawn) => Drawn;
  };
  bpmnFactory: { create: (type: string, values: Record<string, unknown>) => Said };
  autoPlace: { append: (from: Drawn, shape: Drawn) => Drawn };
  create: { start: (event: Event, shape: Drawn) => void };
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

export function isFlow(element: Drawn): boolean {
  return element.type === 'bpmn:SequenceFlow';
}
