/** Where what the engine finds is mended: the element that is drawn, and the field of its properties. */
import { type Drawn, isStep, type Said, tagOf } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { DIAGRAM, type Finding } from '../drafts';
import { type FieldId, fieldsOf } from '../properties/fields';
import { referredBy } from '../properties/declared';
import type { Mapping } from '../properties/mappings';
import { type Values, valuesOf } from '../properties/values';

/** The element that a finding leads to; undefined where it is about another file, or the diagram as a whole. */
export function elementOf(studio: Studio, finding: Finding): Drawn | undefined {
  if (finding.file !== DIAGRAM || !finding.element) return undefined;
  return studio.find(finding.element) ?? standIn(studio, finding.element);
}

/** Of a process that is drawn as a pool, the pool; of a message or the like, the first event that is about it. */
function standIn(studio: Studio, id: string): Drawn | undefined {
  const [found] = studio.get('elementRegistry').filter((one) => {
    const said = one.businessObject;
    if (one.labelTarget) return false;
    if (tagOf(one) === 'participant') return (said.get('processRef') as Said | undefined)?.id === id;
    return isStep(one) && referredBy(one).some((each) => each.id === id);
  });
  return found;
}

/** The findings that lead to an element. */
export function findingsOf(studio: Studio, findings: readonly Finding[], element: Drawn): Finding[] {
  return findings.filter((one) => elementOf(studio, one) === element);
}

/** The way to the field within the form of properties; empty where none of them is meant. */
export function placeOf(finding: Finding, element: Drawn, values: Values = valuesOf(element)): string[] {
  const shown = fieldsOf(element);
  for (const named of finding.fields) {
    const [field = '', ...rest] = named.split('.');
    if (!shown.includes(field as FieldId)) continue;
    if (field !== 'input' && field !== 'output') return [field];
    const rows = (values[field] ?? []) as Mapping[];
    const row = rows.findIndex((one) => one.target === rest.join('.'));
    if (row >= 0) return [field, String(row), rest.join('.') ? 'expression' : 'target'];
  }
  return [];
}
