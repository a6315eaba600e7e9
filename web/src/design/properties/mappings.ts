/** What a service task or call gets and gives: the extension elements `stegvis:input` and `stegvis:output`. */
import type { Drawn, Said } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';

export interface Mapping {
  target: string;
  expression: string;
}

export type Way = 'Input' | 'Output';

export function readMappings(element: Drawn, way: Way): Mapping[] {
  return valuesOf(element)
    .filter((one) => one.$type === `stegvis:${way}`)
    .map((one) => ({ target: String(one.get('target') ?? ''), expression: String(one.get('expression') ?? '') }));
}

export function writeMappings(studio: Studio, element: Drawn, way: Way, mappings: Mapping[]): void {
  const type = `stegvis:${way}`;
  const others = valuesOf(element).filter((one) => one.$type !== type);
  const ours = mappings.map((one) => studio.create(type, { ...one }));
  const values = way === 'Input' ? [...ours, ...others] : [...others, ...ours];
  const extensionElements = values.length > 0 ? studio.create('bpmn:ExtensionElements', { values }) : undefined;
  studio.get('modeling').updateProperties(element, { extensionElements });
}

function valuesOf(element: Drawn): Said[] {
  const extensions = element.businessObject.get('extensionElements') as Said | undefined;
  return (extensions?.get('values') as Said[] | undefined) ?? [];
}
