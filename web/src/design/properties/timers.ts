/** When a timer fires: at a date, after a while, or again and again. */
import { definitionsOf, type Drawn, type Said } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';

export const TIMER_KINDS = ['timeDuration', 'timeDate', 'timeCycle'] as const;

interface Timer {
  kind: string;
  said: Said | undefined;
  definition: Said;
}

export function timerOf(element: Drawn): Timer | undefined {
  const definition = definitionsOf(element).find((one) => one.$type === 'bpmn:TimerEventDefinition');
  if (!definition) return undefined;
  const kind = TIMER_KINDS.find((one) => definition.get(one)) ?? 'timeDuration';
  return { kind, said: definition.get(kind) as Said | undefined, definition };
}

export function writeTimer(studio: Studio, element: Drawn, kind: string, value: string): void {
  const timer = timerOf(element);
  if (!timer) return;
  // An empty time is kept, so that its kind stays chosen.
  const expression = studio.create('bpmn:FormalExpression', { body: value });
  const none = { timeDate: undefined, timeDuration: undefined, timeCycle: undefined };
  studio.get('modeling').updateModdleProperties(element, timer.definition, { ...none, [kind]: expression });
}
