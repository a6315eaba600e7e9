/** What may be said about an element, read from it and written to it in words that are the same for every field. */
import { definitionsOf, type Drawn, isFlow, isStep, type Said, tagOf, triggerOf } from './bpmn';
import type { Studio } from './Studio';

/** Attributes of ours that a field writes as they stand. */
type Ours =
  | 'assignee'
  | 'bind'
  | 'decision'
  | 'due'
  | 'followUp'
  | 'form'
  | 'group'
  | 'groups'
  | 'handler'
  | 'nameEn'
  | 'priority'
  | 'result'
  | 'startGroups'
  | 'title'
  | 'version';

export type FieldId =
  | Ours
  | 'name'
  | 'startable'
  | 'condition'
  | 'isDefault'
  | 'calledElement'
  | 'script'
  | 'timerKind'
  | 'timer'
  | 'message'
  | 'messageTitle'
  | 'correlation'
  | 'interrupts';

const PEOPLE: FieldId[] = ['groups', 'assignee', 'due', 'followUp', 'priority'];
const MESSAGE: FieldId[] = ['message', 'messageTitle', 'correlation'];

const BY_TAG: Record<string, FieldId[]> = {
  userTask: ['form', 'bind', ...PEOPLE],
  manualTask: PEOPLE,
  adHocSubProcess: PEOPLE,
  businessRuleTask: ['decision', 'result'],
  scriptTask: ['script'],
  serviceTask: ['handler'],
  callActivity: ['calledElement', 'version'],
  receiveTask: MESSAGE,
  sendTask: MESSAGE,
  lane: ['group'],
  process: ['title', 'startable', 'startGroups'],
};

export const CHOICES: Partial<Record<FieldId, readonly string[]>> = {
  timerKind: ['timeDuration', 'timeDate', 'timeCycle'],
};
export const CHECKS: ReadonlySet<FieldId> = new Set(['isDefault', 'startable', 'interrupts']);
export const LONG: ReadonlySet<FieldId> = new Set(['condition', 'script', 'correlation']);

/** The fields that apply to an element, in the order in which they are asked. */
export function fieldsOf(element: Drawn): FieldId[] {
  const tag = tagOf(element);
  if (isFlow(element)) return ['name', ...(mayChoose(element) ? (['condition', 'isDefault'] as const) : [])];
  if (!isStep(element) && !['process', 'lane', 'participant'].includes(tag)) return [];
  if (tag === 'participant') return ['name'];
  const fields: FieldId[] = tag === 'lane' ? ['name'] : ['name', 'nameEn'];
  fields.push(...(BY_TAG[tag] ?? []));
  const trigger = triggerOf(element);
  if (trigger === 'timer') fields.push('timerKind', 'timer');
  if (trigger === 'message') fields.push(...MESSAGE);
  if (tag === 'startEvent' && trigger === '') fields.push('form', 'bind');
  if (tag === 'boundaryEvent' && !['error', 'cancel', 'compensate'].includes(trigger)) fields.push('interrupts');
  return fields;
}

function mayChoose(flow: Drawn): boolean {
  const from = flow.source ? tagOf(flow.source) : '';
  return ['exclusiveGateway', 'inclusiveGateway', 'complexGateway'].includes(from) || /Task|task|activity/i.test(from);
}

/** Inputs and outputs may be said of these. */
export function hasMappings(element: Drawn): boolean {
  return ['serviceTask', 'callActivity'].includes(tagOf(element));
}

export function read(element: Drawn, field: FieldId): string {
  const said = element.businessObject;
  switch (field) {
    case 'condition':
      return textOf((said.get('conditionExpression') as Said | undefined)?.get('body'));
    case 'isDefault':
      return String(element.source?.businessObject.get('default') === said);
    case 'startable':
      return textOf(said.get('stegvis:startable')) || 'false';
    case 'interrupts':
      return String(said.get('cancelActivity') !== false);
    case 'timerKind':
      return timerOf(element)?.kind ?? 'timeDuration';
    case 'timer':
      return textOf(timerOf(element)?.said?.get('body'));
    case 'message':
      return textOf(messageOf(element)?.name);
    case 'messageTitle':
      return textOf(messageOf(element)?.get('stegvis:title'));
    case 'correlation':
      return textOf(messageOf(element)?.get('stegvis:correlation'));
    case 'name':
    case 'script':
    case 'calledElement':
      return textOf(said.get(field));
    default:
      return textOf(said.get(`stegvis:${field}`));
  }
}

export function write(studio: Studio, element: Drawn, field: FieldId, value: string): void {
  if (read(element, field) === value) return;
  studio.together(() => {
    change(studio, element, field, value);
  });
}

function change(studio: Studio, element: Drawn, field: FieldId, value: string): void {
  const modeling = studio.get('modeling');
  const text = value || undefined;
  switch (field) {
    case 'name':
      if (isStep(element) || isFlow(element)) modeling.updateLabel(element, value);
      else modeling.updateProperties(element, { name: text });
      break;
    case 'condition':
      modeling.updateProperties(element, {
        conditionExpression: text && studio.create('bpmn:FormalExpression', { body: text }),
      });
      break;
    case 'isDefault':
      if (element.source)
        modeling.updateProperties(element.source, { default: value === 'true' ? element.businessObject : undefined });
      break;
    case 'interrupts':
      modeling.updateProperties(element, { cancelActivity: value === 'true' });
      break;
    case 'startable':
      modeling.updateProperties(element, { 'stegvis:startable': value === 'true' ? 'true' : undefined });
      break;
    case 'timerKind':
      writeTimer(studio, element, value, read(element, 'timer'));
      break;
    case 'timer':
      writeTimer(studio, element, read(element, 'timerKind'), value);
      break;
    case 'message':
      writeMessage(studio, element, value);
      break;
    case 'messageTitle':
    case 'correlation': {
      const message = messageOf(element);
      const name = field === 'correlation' ? 'stegvis:correlation' : 'stegvis:title';
      if (message) modeling.updateModdleProperties(element, message, { [name]: text });
      break;
    }
    case 'script':
    case 'calledElement':
      modeling.updateProperties(element, { [field]: text });
      break;
    default:
      modeling.updateProperties(element, { [`stegvis:${field}`]: text });
  }
}

/** The messages that the diagram declares. */
export function messagesOf(studio: Studio): Said[] {
  return rootElements(studio).filter((one) => one.$type === 'bpmn:Message');
}

function timerOf(element: Drawn): { kind: string; said: Said | undefined; definition: Said } | undefined {
  const definition = definitionsOf(element).find((one) => one.$type === 'bpmn:TimerEventDefinition');
  if (!definition) return undefined;
  const kind = CHOICES.timerKind?.find((one) => definition.get(one)) ?? 'timeDuration';
  return { kind, said: definition.get(kind) as Said | undefined, definition };
}

function writeTimer(studio: Studio, element: Drawn, kind: string, value: string): void {
  const timer = timerOf(element);
  if (!timer) return;
  // An empty time is kept, so that its kind stays chosen.
  const expression = studio.create('bpmn:FormalExpression', { body: value });
  const none = { timeDate: undefined, timeDuration: undefined, timeCycle: undefined };
  studio.get('modeling').updateModdleProperties(element, timer.definition, { ...none, [kind]: expression });
}

function messageOf(element: Drawn): Said | undefined {
  const holder = definitionsOf(element).find((one) => one.$type === 'bpmn:MessageEventDefinition');
  return (holder ?? element.businessObject).get('messageRef') as Said | undefined;
}

function writeMessage(studio: Studio, element: Drawn, name: string): void {
  const modeling = studio.get('modeling');
  const holder = definitionsOf(element).find((one) => one.$type === 'bpmn:MessageEventDefinition');
  let message = messagesOf(studio).find((one) => one.name === name);
  if (!message && name) {
    message = studio.create('bpmn:Message', { name });
    const definitions = definitionsElement(studio);
    modeling.updateModdleProperties(element, definitions, { rootElements: [...rootElements(studio), message] });
  }
  modeling.updateModdleProperties(element, holder ?? element.businessObject, { messageRef: message });
}

function definitionsElement(studio: Studio): Said {
  let said = studio.root.businessObject;
  while (said.$parent) said = said.$parent;
  return said;
}

function rootElements(studio: Studio): Said[] {
  return (definitionsElement(studio).get('rootElements') as Said[] | undefined) ?? [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
