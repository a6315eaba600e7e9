/** What a diagram declares beside its processes: messages, signals, errors and escalations. Events refer to them. */
import { definitionsOf, type Drawn, isEvent, type Said, tagOf, triggerOf } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';

const DECLARED = {
  message: { type: 'bpmn:Message', ref: 'messageRef' },
  signal: { type: 'bpmn:Signal', ref: 'signalRef' },
  error: { type: 'bpmn:Error', ref: 'errorRef' },
  escalation: { type: 'bpmn:Escalation', ref: 'escalationRef' },
} as const;

export type DeclaredKind = keyof typeof DECLARED;

/** Chosen to declare another. */
export const ANOTHER = '+';

export function isDeclaredKind(name: string): name is DeclaredKind {
  return name in DECLARED;
}

/** Which kind an element refers to; undefined for none. */
export function kindOf(element: Drawn): DeclaredKind | undefined {
  const kind = /^bpmn:(Send|Receive)Task$/.test(element.type) ? 'message' : isEvent(element) ? triggerOf(element) : '';
  return isDeclaredKind(kind) ? kind : undefined;
}

export function declaredIn(studio: Studio, kind: DeclaredKind): Said[] {
  return rootElements(studio).filter((one) => one.$type === DECLARED[kind].type);
}

/** What an element refers to. */
export function declaredOf(element: Drawn, kind: DeclaredKind): Said | undefined {
  return holderOf(element, kind).get(DECLARED[kind].ref) as Said | undefined;
}

/** Lets an element refer to what has that id, to something new, or to nothing. What nothing refers to any more goes. */
export function refer(studio: Studio, element: Drawn, kind: DeclaredKind, id: string): void {
  const modeling = studio.get('modeling');
  const { type, ref } = DECLARED[kind];
  const before = declaredOf(element, kind);
  const isNew = id === ANOTHER;
  const chosen = isNew ? studio.create(type, {}) : declaredIn(studio, kind).find((one) => one.id === id);
  modeling.updateModdleProperties(element, holderOf(element, kind), { [ref]: chosen });
  const gone = before && before !== chosen && usersOf(studio, before).length === 0 ? before : undefined;
  // bpmn-js declares what an event refers to by its first trigger.
  const lacks = chosen !== undefined && !rootElements(studio).includes(chosen);
  if (!lacks && !gone) return;
  const kept = rootElements(studio).filter((one) => one !== gone);
  modeling.updateModdleProperties(element, definitionsElement(studio), {
    rootElements: lacks ? [...kept, chosen] : kept,
  });
}

/** The elements that refer to it: an event may refer to several things, a message flow refers to one too. */
export function usersOf(studio: Studio, declared: Said): Drawn[] {
  return studio.get('elementRegistry').filter((one) => !one.labelTarget && referredBy(one).includes(declared));
}

/** In how many places what an element refers to is referred to; 0 where it refers to nothing. */
export function usesOf(studio: Studio, element: Drawn): number {
  const kind = kindOf(element);
  const declared = kind && declaredOf(element, kind);
  return declared ? usersOf(studio, declared).length : 0;
}

export function referredBy(element: Drawn): Said[] {
  const own = [element.businessObject, ...definitionsOf(element)].filter((one) => one.$type.startsWith('bpmn:'));
  const refs = Object.values(DECLARED).map(({ ref }) => ref);
  return own.flatMap((said) => refs.flatMap((ref) => (said.get(ref) as Said | undefined) ?? []));
}

/** Whether an element lets something out, rather than waiting for it. */
export function isThrowing(element: Drawn): boolean {
  return ['sendTask', 'intermediateThrowEvent', 'endEvent'].includes(tagOf(element));
}

function holderOf(element: Drawn, kind: DeclaredKind): Said {
  const name = `bpmn:${DECLARED[kind].type.slice('bpmn:'.length)}EventDefinition`;
  return definitionsOf(element).find((one) => one.$type === name) ?? element.businessObject;
}

function definitionsElement(studio: Studio): Said {
  let said = studio.root.businessObject;
  while (said.$parent) said = said.$parent;
  return said;
}

function rootElements(studio: Studio): Said[] {
  return (definitionsElement(studio).get('rootElements') as Said[] | undefined) ?? [];
}
