/** What is said about an element, read from the diagram and written to it: each write is one step that can be undone. */
import { definitionsOf, type Drawn, isFlow, isStep, type Said, tagOf } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { declaredOf, isThrowing } from './declared';
import { exchange } from './exchange';
import { readOfEvent, writeOfEvent } from './eventValues';
import { type FieldId, fieldsOf, MAPPED, TICKED } from './fields';
import { type Mapping, readMappings, writeMappings } from './mappings';
import { timerOf, writeTimer } from './timers';

export type Value = string | boolean | Mapping[];
export type Values = Partial<Record<FieldId, Value>>;

const EXPRESSIONS: Partial<Record<FieldId, string>> = {
  activationCondition: 'activationCondition',
  completionCondition: 'completionCondition',
};
const OF_ROUNDS: ReadonlySet<FieldId> = new Set(['collection', 'item', 'collect', 'collectExpression']);

export function valuesOf(element: Drawn): Values {
  return Object.fromEntries(fieldsOf(element).map((field) => [field, read(element, field)]));
}

/** Writes what is other than before, all of it as one step. */
export function writeValues(studio: Studio, element: Drawn, values: Values): void {
  const changed = fieldsOf(element).filter((field) => !isSame(read(element, field), values[field] ?? none(field)));
  if (changed.length === 0) return;
  studio.together(() => {
    for (const field of changed) write(studio, element, field, values[field] ?? none(field));
  });
}

export function read(element: Drawn, field: FieldId): Value {
  const said = saidOf(element);
  if (field === 'input' || field === 'output') return readMappings(element, field === 'input' ? 'Input' : 'Output');
  if (OF_ROUNDS.has(field)) return textOf(loopOf(element)?.get(`stegvis:${field}`));
  const expression = EXPRESSIONS[field];
  if (expression) return textOf((said.get(expression) as Said | undefined)?.get('body'));
  const ofEvent = readOfEvent(element, field);
  if (ofEvent !== undefined) return ofEvent;
  switch (field) {
    case 'condition':
      return textOf(conditionOf(element)?.get('body'));
    case 'default':
      return element.source?.businessObject.get('default') === said;
    case 'startable':
      return said.get('stegvis:startable') === 'true';
    case 'kind':
      return tagOf(element);
    case 'forCompensation':
      return said.get('isForCompensation') === true;
    case 'triggeredByEvent':
      return said.get('triggeredByEvent') === true;
    case 'timerKind':
      return timerOf(element)?.kind ?? 'timeDuration';
    case 'timer':
      return textOf(timerOf(element)?.said?.get('body'));
    case 'correlation':
      return textOf((isThrowing(element) ? said : declaredOf(element, 'message'))?.get('stegvis:correlation'));
    case 'rounds': {
      const loop = loopOf(element);
      return loop ? (loop.get('isSequential') === true ? 'sequential' : 'parallel') : '';
    }
    case 'name':
    case 'script':
    case 'text':
    case 'calledElement':
      return textOf(said.get(field));
    default:
      return textOf(said.get(`stegvis:${field}`));
  }
}

function write(studio: Studio, element: Drawn, field: FieldId, value: Value): void {
  if (Array.isArray(value)) writeMappings(studio, element, field === 'input' ? 'Input' : 'Output', value);
  else if (writeOfEvent(studio, element, field, value)) return;
  else if (typeof value === 'boolean') writeTick(studio, element, field, value);
  else writeText(studio, element, field, value);
}

function writeTick(studio: Studio, element: Drawn, field: FieldId, value: boolean): void {
  const modeling = studio.get('modeling');
  if (field === 'default') {
    if (element.source)
      modeling.updateProperties(element.source, { default: value ? element.businessObject : undefined });
  } else if (field === 'triggeredByEvent') modeling.updateProperties(element, { triggeredByEvent: value });
  else if (field === 'forCompensation') modeling.updateProperties(element, { isForCompensation: value });
  else put(studio, element, { [`stegvis:${field}`]: value ? 'true' : undefined });
}

function writeText(studio: Studio, element: Drawn, field: FieldId, value: string): void {
  const text = value || undefined;
  const expression = () => text && studio.create('bpmn:FormalExpression', { body: text });
  const loop = OF_ROUNDS.has(field) ? loopOf(element) : undefined;
  if (loop) studio.get('modeling').updateModdleProperties(element, loop, { [`stegvis:${field}`]: text });
  else if (EXPRESSIONS[field]) put(studio, element, { [EXPRESSIONS[field]]: expression() });
  else
    switch (field) {
      case 'name':
        writeName(studio, element, value);
        break;
      case 'text':
        studio.get('modeling').updateLabel(element, value);
        break;
      case 'condition':
        writeCondition(studio, element, expression());
        break;
      case 'timerKind':
        writeTimer(studio, element, value, textOf(read(element, 'timer')));
        break;
      case 'timer':
        writeTimer(studio, element, textOf(read(element, 'timerKind')), value);
        break;
      case 'kind':
        exchange(studio, element, value, fieldsOf);
        break;
      case 'correlation':
        writeCorrelation(studio, element, text);
        break;
      case 'rounds':
        writeRounds(studio, element, value);
        break;
      case 'script':
      case 'calledElement':
        put(studio, element, { [field]: text });
        break;
      default:
        put(studio, element, { [`stegvis:${field}`]: text });
    }
}

/** A process that is drawn as a pool is called the same as the pool. */
function writeName(studio: Studio, element: Drawn, value: string): void {
  const modeling = studio.get('modeling');
  if (isStep(element) || isFlow(element)) modeling.updateLabel(element, value);
  else modeling.updateProperties(element, { name: value || undefined });
  if (saidOf(element) !== element.businessObject) put(studio, element, { name: value || undefined });
}

function writeCondition(studio: Studio, element: Drawn, expression: unknown): void {
  const event = conditionalOf(element);
  if (event) studio.get('modeling').updateModdleProperties(element, event, { condition: expression });
  else studio.get('modeling').updateProperties(element, { conditionExpression: expression });
}

/** What is sent says it itself; what is received has it said by the message. */
function writeCorrelation(studio: Studio, element: Drawn, text: string | undefined): void {
  const message = declaredOf(element, 'message');
  if (isThrowing(element)) put(studio, element, { 'stegvis:correlation': text });
  else if (message) studio.get('modeling').updateModdleProperties(element, message, { 'stegvis:correlation': text });
}

function writeRounds(studio: Studio, element: Drawn, way: string): void {
  const loop = loopOf(element);
  const isSequential = way === 'sequential';
  if (loop && way) studio.get('modeling').updateModdleProperties(element, loop, { isSequential });
  else {
    const made = way ? studio.create('bpmn:MultiInstanceLoopCharacteristics', { isSequential }) : undefined;
    studio.get('modeling').updateProperties(element, { loopCharacteristics: made });
  }
}

function put(studio: Studio, element: Drawn, values: Record<string, unknown>): void {
  const said = saidOf(element);
  if (said === element.businessObject) studio.get('modeling').updateProperties(element, values);
  else studio.get('modeling').updateModdleProperties(element, said, values);
}

/** What properties are said of: of a pool, the process that it is of. */
function saidOf(element: Drawn): Said {
  const own = element.businessObject;
  return tagOf(element) === 'participant' ? ((own.get('processRef') as Said | undefined) ?? own) : own;
}

function loopOf(element: Drawn): Said | undefined {
  return element.businessObject.get('loopCharacteristics') as Said | undefined;
}

function conditionalOf(element: Drawn): Said | undefined {
  return definitionsOf(element).find((one) => one.$type === 'bpmn:ConditionalEventDefinition');
}

function conditionOf(element: Drawn): Said | undefined {
  const event = conditionalOf(element);
  return (event ? event.get('condition') : element.businessObject.get('conditionExpression')) as Said | undefined;
}

function isSame(one: Value, other: Value): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function none(field: FieldId): Value {
  return MAPPED.has(field) ? [] : TICKED.has(field) ? false : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
