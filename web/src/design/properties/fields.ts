/** Which properties apply to what is drawn, in the order in which they are asked, and what kind of text each holds. */
import { type Drawn, isFlow, isStep, tagOf } from '../drawing/bpmn';
import { exchangeable, isEventSubProcess } from '../drawing/kinds';
import { isThrowing } from './declared';
import { fieldsOfEvent } from './eventFields';

/** Named as the engine names them when it finds something wrong with one. */
export type FieldId =
  | 'kind'
  | 'name'
  | 'nameEn'
  | 'form'
  | 'bind'
  | 'groups'
  | 'group'
  | 'assignee'
  | 'notBy'
  | 'due'
  | 'followUp'
  | 'priority'
  | 'onBehalfOf'
  | 'decision'
  | 'result'
  | 'script'
  | 'handler'
  | 'topic'
  | 'retries'
  | 'retryAfter'
  | 'timeout'
  | 'calledElement'
  | 'version'
  | 'title'
  | 'startable'
  | 'startGroups'
  | 'condition'
  | 'default'
  | 'timerKind'
  | 'timer'
  | 'unit'
  | 'trigger'
  | 'message'
  | 'messageName'
  | 'messageTitle'
  | 'correlation'
  | 'participant'
  | 'signal'
  | 'signalName'
  | 'error'
  | 'errorName'
  | 'errorCode'
  | 'escalation'
  | 'escalationName'
  | 'escalationCode'
  | 'link'
  | 'activity'
  | 'waits'
  | 'interrupts'
  | 'forCompensation'
  | 'triggeredByEvent'
  | 'text'
  | 'activationCondition'
  | 'completionCondition'
  | 'rounds'
  | 'collection'
  | 'item'
  | 'collect'
  | 'collectExpression'
  | 'input'
  | 'output';

const PEOPLE: FieldId[] = ['groups', 'assignee', 'notBy', 'due', 'followUp', 'priority', 'onBehalfOf'];
const PROCESS: FieldId[] = ['name', 'nameEn', 'title', 'startable', 'startGroups'];

const BY_TAG: Readonly<Record<string, readonly FieldId[]>> = {
  userTask: ['form', 'bind', ...PEOPLE],
  manualTask: PEOPLE,
  adHocSubProcess: ['groups', 'assignee', 'due', 'followUp', 'priority', 'completionCondition'],
  businessRuleTask: ['decision', 'result'],
  scriptTask: ['script'],
  callActivity: ['calledElement', 'version', 'input', 'output'],
  complexGateway: ['activationCondition'],
};
const ROUNDS: FieldId[] = ['collection', 'item', 'collect', 'collectExpression'];
/** What these handlers do, they do within the step: it cannot fail half way and needs no second try. */
const WITHIN_THE_STEP = [
  'register.get',
  'register.find',
  'register.create',
  'register.update',
  'case.assign',
  'case.transfer',
  'case.start',
  'case.message',
];
const MAY_GO_ROUND =
  /^(userTask|manualTask|serviceTask|scriptTask|businessRuleTask|callActivity|subProcess|adHocSubProcess)$/;
const CHOOSING = /^(exclusiveGateway|inclusiveGateway|complexGateway)$/;

/** Ticked or not. */
export const TICKED: ReadonlySet<FieldId> = new Set([
  'default',
  'startable',
  'interrupts',
  'waits',
  'forCompensation',
  'triggeredByEvent',
]);
/** One among those that there are. What is chosen changes at once what else there is to say. */
export const CHOSEN: ReadonlySet<FieldId> = new Set([
  'kind',
  'trigger',
  'message',
  'signal',
  'error',
  'escalation',
  'activity',
]);
/** Rows of a name and FEEL. */
export const MAPPED: ReadonlySet<FieldId> = new Set(['input', 'output']);
/** FEEL, written on several lines. */
export const LONG: ReadonlySet<FieldId> = new Set([
  'condition',
  'script',
  'correlation',
  'activationCondition',
  'completionCondition',
  'collectExpression',
]);
/** A text, or FEEL after `=`. */
export const TEXT_OR_FEEL: ReadonlySet<FieldId> = new Set([
  'assignee',
  'due',
  'followUp',
  'priority',
  'onBehalfOf',
  'title',
  'timer',
  'collection',
]);
/** Without it the engine refuses the element. */
const NEEDED: ReadonlySet<FieldId> = new Set([
  'decision',
  'result',
  'script',
  'calledElement',
  'timer',
  'timerKind',
  'message',
  'messageName',
  'signal',
  'signalName',
  'errorCode',
  'escalationCode',
  'activationCondition',
  'collection',
]);

export function isNeeded(element: Drawn, field: FieldId): boolean {
  if (field === 'form') return tagOf(element) === 'userTask';
  if (field === 'correlation') return !isThrowing(element) && tagOf(element) !== 'startEvent';
  if (field === 'handler') return !said(element, 'topic');
  return NEEDED.has(field);
}

export function fieldsOf(element: Drawn): FieldId[] {
  const tag = tagOf(element);
  if (isFlow(element)) return ['name', 'nameEn', ...(mayChoose(element) ? (['condition', 'default'] as const) : [])];
  if (tag === 'process' || (tag === 'participant' && element.businessObject.get('processRef'))) return PROCESS;
  if (tag === 'participant') return ['name'];
  if (tag === 'textAnnotation') return ['text'];
  if (tag === 'lane') return ['name', 'group'];
  if (!isStep(element)) return [];
  return [
    'name',
    'nameEn',
    ...(exchangeable(element).length > 0 ? (['kind'] as const) : []),
    ...(BY_TAG[tag] ?? []),
    ...ofServices(element),
    ...fieldsOfEvent(element),
    ...ofRounds(element),
    ...(mayUndo(element) ? (['forCompensation'] as const) : []),
    ...(mayBeginByItself(element) ? (['triggeredByEvent'] as const) : []),
  ];
}

function said(element: Drawn, attribute: string): string {
  return (element.businessObject.get(`stegvis:${attribute}`) as string | undefined) ?? '';
}

/** Our own system does it, or another that fetches it by its topic; what may fail says how often it is tried. */
function ofServices(element: Drawn): FieldId[] {
  if (tagOf(element) !== 'serviceTask') return [];
  const [handler, topic] = [said(element, 'handler'), said(element, 'topic')];
  const who: FieldId[] = topic && !handler ? ['topic'] : handler && !topic ? ['handler'] : ['handler', 'topic'];
  const isJob = topic !== '' || (handler !== '' && !WITHIN_THE_STEP.includes(handler));
  return [...who, ...(isJob ? (['retries', 'retryAfter', 'timeout'] as const) : []), 'input', 'output'];
}

function ofRounds(element: Drawn): FieldId[] {
  if (!MAY_GO_ROUND.test(tagOf(element))) return [];
  const loop = element.businessObject.get('loopCharacteristics') as { $type: string } | undefined;
  if (loop && loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return [];
  return loop ? ['rounds', ...ROUNDS] : ['rounds'];
}

function mayChoose(flow: Drawn): boolean {
  const from = flow.source ? tagOf(flow.source) : '';
  return CHOOSING.test(from) || /task|activity|subProcess/i.test(from);
}

/** Whether it is, or may become, what undoes something else: no flow leads to it or from it. */
function mayUndo(element: Drawn): boolean {
  const { businessObject, incoming, outgoing } = element;
  if (businessObject.get('isForCompensation') === undefined) return false;
  return businessObject.get('isForCompensation') === true || ![...incoming, ...outgoing].some(isFlow);
}

/** Whether it is, or may become, a sub-process that no flow leads to: something that happens begins it. */
function mayBeginByItself(element: Drawn): boolean {
  if (tagOf(element) !== 'subProcess') return false;
  return isEventSubProcess(element) || ![...element.incoming, ...element.outgoing].some(isFlow);
}
