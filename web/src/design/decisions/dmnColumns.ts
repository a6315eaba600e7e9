/** Changes of a table's columns: what it looks at and what it gives. */
import { child, children, freeId, idsIn, make, makeCell, putAfter, removeWithSpace, setText } from './dmnElements';

export type Side = 'input' | 'output';
export type Part = 'label' | 'text' | 'type' | 'values';

export type ColumnChange =
  | { what: 'column'; side: Side; place: number; part: Part; text: string }
  | { what: 'addColumn'; side: Side }
  | { what: 'removeColumn'; side: Side; place: number };

const CELLS = { input: 'inputEntry', output: 'outputEntry' } as const;
const VALUES = { input: 'inputValues', output: 'outputValues' } as const;

export function changeColumn(table: Element, change: ColumnChange): void {
  if (change.what === 'addColumn') addColumn(table, change.side);
  else {
    const column = children(table, change.side)[change.place];
    if (column && change.what === 'column') setPart(column, change.side, change.part, change.text);
    if (column && change.what === 'removeColumn') removeColumn(table, column, change.side, change.place);
  }
}

function setPart(column: Element, side: Side, part: Part, text: string): void {
  if (part === 'label') setAttribute(column, 'label', text);
  else if (part === 'values') setValues(column, side, text);
  else if (side === 'output') setAttribute(column, part === 'text' ? 'name' : 'typeRef', text);
  else if (part === 'text') setText(expressionOf(column), text);
  else setAttribute(expressionOf(column), 'typeRef', text);
}

function setAttribute(element: Element, name: string, value: string): void {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

function expressionOf(input: Element): Element {
  const there = child(input, 'inputExpression');
  if (there) return there;
  const made = makeCell(input, 'inputExpression', '', idsIn(input));
  input.prepend(made);
  return made;
}

function setValues(column: Element, side: Side, text: string): void {
  const there = child(column, VALUES[side]);
  if (there && text) setText(there, text);
  else if (there) removeWithSpace(there);
  else if (text) {
    const made = makeCell(column, VALUES[side], text, idsIn(column));
    if (side === 'input') column.append(made);
    else column.prepend(made);
  }
}

/** Behind the last of its side, with a cell in each rule: one that anything fits, or one that gives nothing yet. */
function addColumn(table: Element, side: Side): void {
  const ids = idsIn(table);
  const made = make(table, side);
  made.setAttribute('id', freeId(side, ids));
  const places = children(table, side).length;
  if (side === 'input') {
    const expression = makeCell(made, 'inputExpression', '', ids);
    expression.setAttribute('typeRef', 'string');
    made.append(expression);
  } else {
    nameOutputs(table);
    made.setAttribute('name', freeName(table));
    made.setAttribute('typeRef', 'string');
  }
  putAtEnd(table, side, made);
  for (const rule of children(table, 'rule'))
    putAtEnd(rule, CELLS[side], makeCell(rule, CELLS[side], side === 'input' ? '-' : '', ids), places);
}

/** Behind the others of its name; in front of everything where it is the first. */
function putAtEnd(parent: Element, name: string, made: Element, places = Infinity): void {
  const there = children(parent, name);
  const before = there[Math.min(places, there.length) - 1];
  if (before) putAfter(before, made);
  else {
    const first = [...parent.children].find((one) => !['description', 'extensionElements'].includes(one.localName));
    if (first) {
      const space = first.previousSibling;
      first.before(made);
      if (space?.nodeType === Node.TEXT_NODE && !space.textContent?.trim()) first.before(space.cloneNode());
    } else parent.append(made);
  }
}

/** Where there are several outputs each needs a name. */
function nameOutputs(table: Element): void {
  for (const output of children(table, 'output'))
    if (!output.getAttribute('name')) output.setAttribute('name', freeName(table));
}

function freeName(table: Element): string {
  const names = new Set(children(table, 'output').map((one) => one.getAttribute('name')));
  let number = 1;
  while (names.has(`output${String(number)}`)) number += 1;
  return `output${String(number)}`;
}

function removeColumn(table: Element, column: Element, side: Side, place: number): void {
  removeWithSpace(column);
  for (const rule of children(table, 'rule')) removeWithSpace(children(rule, CELLS[side])[place]);
}
