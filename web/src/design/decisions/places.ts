/** Where the fields of a decision stand on its page, and what in its file a finding is about. */
import { cellsOf, child, children, read } from './dmnElements';

export function cellId(rule: string, place: number): string {
  return `cell ${rule} ${String(place)}`;
}

export function columnId(side: 'input' | 'output', place: number): string {
  return `${side} ${String(place)}`;
}

export interface Place {
  decision: string;
  /** The id of the field. */
  field: string;
}

/** The field for an element of a file, such as a cell or a column; undefined for what has none. */
export function placeOf(xml: string, id: string): Place | undefined {
  const root = id ? read(xml) : undefined;
  const element = root && [...root.getElementsByTagName('*')].find((one) => one.getAttribute('id') === id);
  const decision =
    element && root && [...root.children].find((one) => one.localName === 'decision' && one.contains(element));
  const table = decision && child(decision, 'decisionTable');
  if (!element || !table) return undefined;
  const found = columnIn(table, element) ?? ruleIn(table, element);
  return found === undefined ? undefined : { decision: decision.getAttribute('id') ?? '', field: found };
}

function columnIn(table: Element, element: Element): string | undefined {
  for (const side of ['input', 'output'] as const) {
    const place = children(table, side).findIndex((one) => one.contains(element));
    if (place >= 0) return columnId(side, place);
  }
  return undefined;
}

function ruleIn(table: Element, element: Element): string | undefined {
  const rules = children(table, 'rule');
  const at = rules.findIndex((one) => one.contains(element));
  const rule = rules[at];
  if (!rule) return undefined;
  const place = cellsOf(rule).findIndex((one) => one.contains(element));
  return cellId(rule.getAttribute('id') ?? `#${String(at + 1)}`, Math.max(place, 0));
}
