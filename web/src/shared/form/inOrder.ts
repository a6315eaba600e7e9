import { fieldKey, fieldsOf } from './rules/fields';
import type { Problem } from './rules/problems';
import { isList, pathOf, valueAt, type Json, type JsonObject, type Path } from './rules/schema';

/** The problems as their fields stand on the page: by `ui:order` where there is one, else as the schema declares them. */
export function inOrder(problems: readonly Problem[], values: Json, schema: JsonObject, ui: JsonObject): Problem[] {
  const declared = [...fieldsOf(schema).keys()];
  const ranks = new Map(problems.map((problem) => [problem, ranksOf(pathOf(problem.path, values), declared, ui)]));
  return problems.toSorted((a, b) => compare(ranks.get(a) ?? [], ranks.get(b) ?? []));
}

/** One number for each step of the path: the row in a list, else the place among the fields there. */
function ranksOf(path: Path, declared: readonly string[], ui: JsonObject): number[] {
  return path.map((part, depth) => {
    if (typeof part === 'number') return part;
    const above = path.slice(0, depth);
    const place = above.map((one) => (typeof one === 'number' ? 'items' : one));
    const order = valueAt(ui, [...place, 'ui:order']);
    const position = isList(order) ? order.indexOf(part) : -1;
    if (position >= 0) return position;
    const rest = isList(order) && order.includes('*') ? order.indexOf('*') : isList(order) ? order.length : 0;
    const prefix = fieldKey(above);
    const known = declared.indexOf(prefix ? `${prefix}.${part}` : part);
    return rest + (known < 0 ? declared.length : known) / (declared.length + 1);
  });
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
