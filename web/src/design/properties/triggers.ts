/** What an event waits for or does: which triggers fit where it stands, and how it gets another. */
import { definitionsOf, type Drawn, type Said, tagOf, triggerOf } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';

export const TRIGGERS = [
  'timer',
  'message',
  'signal',
  'conditional',
  'error',
  'escalation',
  'link',
  'compensate',
  'cancel',
  'terminate',
] as const;
type Trigger = (typeof TRIGGERS)[number];

const FITTING: Readonly<Record<string, readonly ('' | Trigger)[]>> = {
  startEvent: ['', 'timer', 'message', 'signal', 'conditional'],
  eventSubProcess: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['', 'message', 'signal', 'escalation', 'link', 'compensate'],
  boundaryEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'],
  endEvent: ['', 'message', 'signal', 'error', 'escalation', 'compensate', 'terminate'],
};
const ALWAYS_INTERRUPTING = ['error', 'cancel', 'compensate'];

/** The triggers that an element may have where it stands; empty for what is no event, or has several at once. */
export function fittingTriggers(element: Drawn): readonly ('' | Trigger)[] {
  if (definitionsOf(element).length > 1) return [];
  const fitting = FITTING[beginsEventSubProcess(element) ? 'eventSubProcess' : tagOf(element)] ?? [];
  if (fitting.length === 0) return [];
  const within = tagOf(element) === 'boundaryEvent' ? hostOf(element) : element.businessObject.$parent;
  return within?.$type === 'bpmn:Transaction' && /^(boundary|end)Event$/.test(tagOf(element))
    ? [...fitting, 'cancel']
    : fitting;
}

/** Whether it is the start of a sub-process that begins by itself when something happens. */
function beginsEventSubProcess(element: Drawn): boolean {
  return tagOf(element) === 'startEvent' && element.businessObject.$parent?.get('triggeredByEvent') === true;
}

export function writeTrigger(studio: Studio, element: Drawn, trigger: string): void {
  const type = `bpmn:${trigger.charAt(0).toUpperCase()}${trigger.slice(1)}EventDefinition`;
  const definition = trigger ? studio.create(type, {}) : undefined;
  if (definition) definition.$parent = element.businessObject;
  studio.get('modeling').updateProperties(element, {
    eventDefinitions: definition ? [definition] : [],
    ...(tagOf(element) === 'boundaryEvent' && ALWAYS_INTERRUPTING.includes(trigger) && { cancelActivity: true }),
    ...(beginsEventSubProcess(element) && ALWAYS_INTERRUPTING.includes(trigger) && { isInterrupting: true }),
  });
}

/** Whether it may be said of the event that it leaves what it stands on, or lies in, going on. */
export function mayInterrupt(element: Drawn): boolean {
  const isBeside = tagOf(element) === 'boundaryEvent' || beginsEventSubProcess(element);
  return isBeside && !ALWAYS_INTERRUPTING.includes(triggerOf(element));
}

/** The attribute that tells whether an event interrupts. */
export function interruptingOf(element: Drawn): 'cancelActivity' | 'isInterrupting' {
  return tagOf(element) === 'boundaryEvent' ? 'cancelActivity' : 'isInterrupting';
}

function hostOf(element: Drawn): Said | undefined {
  return element.businessObject.get('attachedToRef') as Said | undefined;
}
