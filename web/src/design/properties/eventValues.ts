/** What is said about an event beside its texts, read from the diagram and written to it. */
import { definitionsOf, type Drawn, type Said, triggerOf } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { declaredOf, isDeclaredKind, kindOf, refer } from './declared';
import type { FieldId } from './fields';
import { interruptingOf, writeTrigger } from './triggers';

/** How fields are called in what is declared. */
const SAID_OF_DECLARED: Partial<Record<FieldId, string>> = {
  messageName: 'name',
  messageTitle: 'stegvis:title',
  signalName: 'name',
  errorName: 'name',
  errorCode: 'errorCode',
  escalationName: 'name',
  escalationCode: 'escalationCode',
};

/** Undefined for what is no property of an event. */
export function readOfEvent(element: Drawn, field: FieldId): string | boolean | undefined {
  if (isDeclaredKind(field)) return declaredOf(element, field)?.id ?? '';
  const said = SAID_OF_DECLARED[field];
  if (said) return textOf(referred(element)?.get(said));
  switch (field) {
    case 'trigger':
      return triggerOf(element);
    case 'link':
      return textOf(definitionsOf(element)[0]?.get('name'));
    case 'activity':
      return (definitionsOf(element)[0]?.get('activityRef') as Said | undefined)?.id ?? '';
    case 'waits':
      return definitionsOf(element)[0]?.get('waitForCompletion') !== false;
    case 'interrupts':
      return element.businessObject.get(interruptingOf(element)) !== false;
    default:
      return undefined;
  }
}

/** Whether it was a property of an event. */
export function writeOfEvent(studio: Studio, element: Drawn, field: FieldId, value: string | boolean): boolean {
  const modeling = studio.get('modeling');
  const text = typeof value === 'string' && value ? value : undefined;
  const [definition] = definitionsOf(element);
  const put = (said: Said | undefined, values: Record<string, unknown>): void => {
    if (said) modeling.updateModdleProperties(element, said, values);
  };
  const name = SAID_OF_DECLARED[field];
  if (isDeclaredKind(field)) refer(studio, element, field, text ?? '');
  else if (name) put(referred(element), { [name]: text });
  else if (field === 'trigger') writeTrigger(studio, element, text ?? '');
  else if (field === 'link') put(definition, { name: text });
  else if (field === 'activity') put(definition, { activityRef: text && studio.find(text)?.businessObject });
  else if (field === 'waits') put(definition, { waitForCompletion: value });
  else if (field === 'interrupts') modeling.updateProperties(element, { [interruptingOf(element)]: value });
  else return false;
  return true;
}

function referred(element: Drawn): Said | undefined {
  const kind = kindOf(element);
  return kind && declaredOf(element, kind);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
