/** Changes of decisions in their files: of rules, of how they count together, and of expressions. */
import { changeColumn, type ColumnChange } from './dmnColumns';
import {
  cellsOf,
  child,
  children,
  freeId,
  idsIn,
  make,
  makeCell,
  putAfter,
  read,
  removeWithSpace,
  ruleNamed,
  setText,
  written,
} from './dmnElements';

export type Change =
  | { what: 'cell'; rule: string; place: number; text: string }
  | { what: 'note'; rule: string; text: string }
  | { what: 'add'; after: string }
  | { what: 'remove'; rule: string }
  | { what: 'move'; rule: string; by: -1 | 1 }
  | { what: 'hitPolicy'; text: string }
  | { what: 'expression'; text: string }
  | ColumnChange;

/** The file with one change in one of its decisions. */
export function changed(xml: string, decisionId: string, change: Change): string {
  const root = read(xml);
  const place = root && [...root.children].find((one) => one.getAttribute('id') === decisionId);
  if (!root || !place) return xml;
  apply(place, change);
  return written(root, xml);
}

function apply(decision: Element, change: Change): void {
  const table = child(decision, 'decisionTable');
  const rules = table ? children(table, 'rule') : [];
  const named = (id: string) => ruleNamed(rules, id);
  switch (change.what) {
    case 'cell': {
      const cell = cellsOf(named(change.rule) ?? decision)[change.place];
      if (cell) setText(cell, change.text);
      return;
    }
    case 'note':
      setNote(named(change.rule), change.text);
      return;
    case 'add':
      if (table) addRule(table, named(change.after) ?? rules.at(-1));
      return;
    case 'remove':
      removeWithSpace(named(change.rule));
      return;
    case 'move':
      move(named(change.rule), rules, change.by);
      return;
    case 'hitPolicy': {
      const [, policy = change.text, aggregation] = /^(.*?)(?: (SUM|MIN|MAX|COUNT))?$/.exec(change.text) ?? [];
      table?.setAttribute('hitPolicy', policy);
      if (aggregation) table?.setAttribute('aggregation', aggregation);
      else table?.removeAttribute('aggregation');
      return;
    }
    case 'expression': {
      const literal = child(decision, 'literalExpression');
      if (literal) setText(literal, change.text);
      return;
    }
    default:
      if (table) changeColumn(table, change);
  }
}

function setNote(rule: Element | undefined, text: string): void {
  if (!rule) return;
  const entry = child(rule, 'annotationEntry');
  const description = child(rule, 'description');
  if (entry) setText(entry, text);
  else if (description) description.textContent = text;
  else {
    const made = make(rule, 'description');
    made.textContent = text;
    rule.prepend(made);
  }
}

/** A rule in which everything matches and nothing is given yet, like the one before it. */
function addRule(table: Element, before: Element | undefined): void {
  const ids = idsIn(table);
  const made = make(table, 'rule');
  made.setAttribute('id', freeId('rule', ids));
  for (const one of children(table, 'input')) made.append(makeCell(one, 'inputEntry', '-', ids));
  for (const one of children(table, 'output')) made.append(makeCell(one, 'outputEntry', '', ids));
  for (const one of before ? children(before, 'annotationEntry') : [])
    made.append(makeCell(one, 'annotationEntry', '', ids));
  const last = before ?? table.lastElementChild;
  if (last) putAfter(last, made);
  else table.append(made);
  if (before) spread(made, before);
}

/** Puts each cell on a line of its own where those of another rule stand so. */
function spread(rule: Element, like: Element): void {
  const [inner] = [...like.children].filter((one) => one.localName === 'inputEntry' || one.localName === 'outputEntry');
  const space = inner?.previousSibling;
  const end = like.lastChild;
  if (space?.nodeType === Node.TEXT_NODE) for (const cell of [...rule.children]) cell.before(space.cloneNode());
  if (end?.nodeType === Node.TEXT_NODE) rule.append(end.cloneNode());
}

function move(rule: Element | undefined, rules: Element[], by: -1 | 1): void {
  const other = rule && rules[rules.indexOf(rule) + by];
  if (!rule || !other) return;
  const mark = rule.ownerDocument.createComment('');
  rule.replaceWith(mark);
  other.replaceWith(rule);
  mark.replaceWith(other);
}
