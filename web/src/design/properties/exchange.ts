/** Making a step into one of another kind: its name, id, flows and what applies to both kinds stay. */
import { type Drawn, tagOf } from '../drawing/bpmn';
import { exchangeable } from '../drawing/kinds';
import type { Studio } from '../drawing/Studio';

/** Within a step that can be undone. `own` tells which of our attributes the new kind has. */
export function exchange(studio: Studio, element: Drawn, tag: string, own: (made: Drawn) => readonly string[]): void {
  if (tag === tagOf(element) || !exchangeable(element).some((one) => one === tag)) return;
  const { id } = element;
  const said = attributesOf(element);
  const type = `bpmn:${tag.charAt(0).toUpperCase()}${tag.slice(1)}`;
  const made = studio.get('bpmnReplace').replaceElement(element, { type }, { select: false });
  const kept = new Set(own(made));
  const values = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [`stegvis:${name}`, kept.has(name) ? value : undefined]),
  );
  studio.get('modeling').updateProperties(made, { ...values, id });
  studio.select(made);
}

const OURS = ['form', 'bind', 'groups', 'assignee', 'notBy', 'due', 'followUp', 'priority', 'onBehalfOf', 'decision'];
const MORE = [
  'result',
  'handler',
  'topic',
  'retries',
  'retryAfter',
  'timeout',
  'version',
  'correlation',
  'participant',
  'nameEn',
];

function attributesOf(element: Drawn): Record<string, unknown> {
  const said = element.businessObject;
  return Object.fromEntries([...OURS, ...MORE].map((name) => [name, said.get(`stegvis:${name}`)]));
}
