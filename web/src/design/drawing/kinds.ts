/** What there is to draw, and what of it fits where one is. */
import { type Drawn, isActivity, isStep, type Kind, tagOf } from './bpmn';

export const KINDS = {
  userTask: { type: 'bpmn:UserTask' },
  manualTask: { type: 'bpmn:ManualTask' },
  businessRuleTask: { type: 'bpmn:BusinessRuleTask' },
  scriptTask: { type: 'bpmn:ScriptTask' },
  serviceTask: { type: 'bpmn:ServiceTask' },
  callActivity: { type: 'bpmn:CallActivity' },
  subProcess: { type: 'bpmn:SubProcess', isExpanded: true },
  exclusiveGateway: { type: 'bpmn:ExclusiveGateway' },
  inclusiveGateway: { type: 'bpmn:InclusiveGateway' },
  parallelGateway: { type: 'bpmn:ParallelGateway' },
  eventBasedGateway: { type: 'bpmn:EventBasedGateway' },
  timer: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
  message: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' },
  throwEvent: { type: 'bpmn:IntermediateThrowEvent' },
  boundary: { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
  startEvent: { type: 'bpmn:StartEvent' },
  endEvent: { type: 'bpmn:EndEvent' },
  lane: { type: 'bpmn:Lane' },
  participant: { type: 'bpmn:Participant' },
  textAnnotation: { type: 'bpmn:TextAnnotation' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export const GROUPS = {
  steps: ['userTask', 'manualTask', 'businessRuleTask', 'scriptTask', 'serviceTask', 'callActivity', 'subProcess'],
  ways: ['exclusiveGateway', 'inclusiveGateway', 'parallelGateway', 'eventBasedGateway'],
  events: ['timer', 'message', 'throwEvent', 'boundary', 'startEvent', 'endEvent'],
  frames: ['lane', 'participant', 'textAnnotation'],
} as const satisfies Record<string, readonly KindName[]>;

/** The kinds that a flow may lead to. */
export const NEXT: readonly KindName[] = [
  ...GROUPS.steps,
  ...GROUPS.ways,
  'timer',
  'message',
  'throwEvent',
  'endEvent',
];

const EXCHANGEABLE = [
  [
    'userTask',
    'manualTask',
    'businessRuleTask',
    'scriptTask',
    'serviceTask',
    'sendTask',
    'receiveTask',
    'callActivity',
  ],
  ['exclusiveGateway', 'inclusiveGateway', 'parallelGateway', 'eventBasedGateway', 'complexGateway'],
] as const;
type Exchangeable = (typeof EXCHANGEABLE)[number][number];

/** What a step may be made into; empty for what stays what it is. */
export function exchangeable(element: Drawn): readonly Exchangeable[] {
  const tag = tagOf(element);
  return EXCHANGEABLE.find((kinds: readonly string[]) => kinds.includes(tag)) ?? [];
}

export function isFrame(element: Drawn): boolean {
  return element.type === 'bpmn:Participant' || element.type === 'bpmn:Lane';
}

/** Whether something may follow the element. */
export function mayLeadOn(element: Drawn): boolean {
  return isStep(element) && element.type !== 'bpmn:EndEvent' && !isEventSubProcess(element);
}

/** Whether a kind can be added where one is. */
export function fits(kind: KindName, selected: Drawn): boolean {
  if (kind === 'boundary') return isActivity(selected) && !isEventSubProcess(selected);
  if (kind === 'lane') return isFrame(selected);
  return true;
}

export function isEventSubProcess(element: Drawn): boolean {
  return element.businessObject.get('triggeredByEvent') === true;
}
