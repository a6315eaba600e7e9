/** Which properties apply to an event, and to a task that sends or receives. */
import { type Drawn, tagOf, triggerOf } from '../drawing/bpmn';
import { declaredOf, type DeclaredKind, isThrowing, kindOf } from './declared';
import type { FieldId } from './fields';
import { fittingTriggers, mayInterrupt } from './triggers';

/** What is said of something declared, wherever it is referred to. */
const OF_DECLARED = {
  message: ['messageName', 'messageTitle'],
  signal: ['signalName'],
  error: ['errorName', 'errorCode'],
  escalation: ['escalationName', 'escalationCode'],
} as const satisfies Record<DeclaredKind, readonly FieldId[]>;

export function fieldsOfEvent(element: Drawn): FieldId[] {
  const tag = tagOf(element);
  const trigger = triggerOf(element);
  const fields: FieldId[] = [];
  if (fittingTriggers(element).length > 1) fields.push('trigger');
  if (trigger === 'timer') fields.push('timerKind', 'timer');
  if (trigger === 'conditional') fields.push('condition');
  if (trigger === 'link') fields.push('link');
  if (trigger === 'compensate' && isThrowing(element)) fields.push('activity', 'waits');
  fields.push(...fieldsOfDeclared(element));
  if (tag === 'startEvent' && trigger === '') fields.push('form', 'bind');
  if (tag === 'startEvent' && trigger !== '' && trigger !== 'message' && !mayInterrupt(element)) fields.push('unit');
  if (mayInterrupt(element)) fields.push('interrupts');
  return fields;
}

function fieldsOfDeclared(element: Drawn): FieldId[] {
  const kind = kindOf(element);
  if (!kind) return [];
  const fields: FieldId[] = [kind, ...(declaredOf(element, kind) ? OF_DECLARED[kind] : [])];
  if (kind !== 'message') return fields;
  if (isThrowing(element)) return [...fields, 'correlation', 'participant', 'input'];
  return [...fields, ...(declaredOf(element, kind) ? (['correlation'] as const) : []), 'output'];
}
