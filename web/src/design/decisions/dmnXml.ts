/** DMN files as text and as what they hold. A change touches its own place only: everything else stays as it was written. */
import { cellsOf, child, children, read, textOf } from './dmnElements';

export interface Column {
  id: string;
  /** The heading: what it is called, or else what it looks at or gives. */
  label: string;
  /** The heading as the file has it, empty where it has none. */
  given: string;
  /** What the column looks at, or the name of what it gives. */
  text: string;
  type: string;
  /** The only values there may be, as FEEL; empty: any. */
  values: string;
}

export interface Rule {
  id: string;
  /** Inputs, then outputs, as FEEL. */
  cells: string[];
  note: string;
}

export interface DecisionInFile {
  id: string;
  name: string;
  kind: 'table' | 'expression' | 'other';
  /** Names of what it requires. */
  needs: string[];
  hitPolicy: string;
  inputs: Column[];
  outputs: Column[];
  rules: Rule[];
  /** FEEL of a literal expression. */
  expression: string;
  /** The types that the file declares itself. */
  types: string[];
}

/** The decisions of a file; undefined when it is no XML. */
export function decisionsIn(xml: string): DecisionInFile[] | undefined {
  const root = read(xml);
  return root && [...root.children].filter((one) => one.localName === 'decision').map((one) => decision(one, root));
}

const HIT_POLICY = /<(?:[\w.-]+:)?decisionTable\b[^>]*\bhitPolicy="UNIQUE"[^>]*>/g;

/** What dmn-js has written, with the hit policy where it was said before: it leaves out the one that goes without saying. */
export function withHitPolicy(before: string, xml: string): string {
  const ids = [...before.matchAll(HIT_POLICY)].flatMap(([tag]) => /\bid="([^"]+)"/.exec(tag)?.[1] ?? []);
  return ids.reduce((text, id) => {
    const tag = new RegExp(
      `<(?:[\\w.-]+:)?decisionTable\\b[^>]*\\bid="${id.replaceAll(/[^\w-]/g, '\\$&')}"[^>]*?(?=/?>)`,
    );
    return text.replace(tag, (found) => (found.includes('hitPolicy=') ? found : `${found} hitPolicy="UNIQUE"`));
  }, xml);
}

function decision(element: Element, root: Element): DecisionInFile {
  const table = child(element, 'decisionTable');
  const literal = child(element, 'literalExpression');
  return {
    id: element.getAttribute('id') ?? '',
    name: element.getAttribute('name') ?? element.getAttribute('id') ?? '',
    kind: table ? 'table' : literal ? 'expression' : 'other',
    needs: needsOf(element, root),
    hitPolicy: hitPolicyOf(table),
    inputs: table ? children(table, 'input').map(inputOf) : [],
    outputs: table ? children(table, 'output').map((one) => outputOf(one, element)) : [],
    rules: table ? children(table, 'rule').map((one, at) => ruleOf(one, at)) : [],
    expression: literal ? textOf(literal) : '',
    types: children(root, 'itemDefinition').flatMap((one) => one.getAttribute('name') ?? []),
  };
}

function hitPolicyOf(table: Element | undefined): string {
  const policy = table?.getAttribute('hitPolicy') ?? 'UNIQUE';
  const aggregation = table?.getAttribute('aggregation');
  return aggregation ? `${policy} ${aggregation}` : policy;
}

function needsOf(element: Element, root: Element): string[] {
  const links = [...element.getElementsByTagName('*')].filter((one) => one.localName.startsWith('required'));
  return links.flatMap((one) => {
    const id = one.getAttribute('href')?.split('#')[1];
    const named = [...root.children].find((other) => other.getAttribute('id') === id);
    return named ? [named.getAttribute('name') ?? id ?? ''] : [];
  });
}

function inputOf(element: Element): Column {
  const expression = child(element, 'inputExpression');
  const text = expression ? textOf(expression) : '';
  return {
    id: element.getAttribute('id') ?? '',
    label: element.getAttribute('label') ?? text,
    given: element.getAttribute('label') ?? '',
    text,
    type: expression?.getAttribute('typeRef') ?? '',
    values: valuesOf(child(element, 'inputValues')),
  };
}

function outputOf(element: Element, owner: Element): Column {
  const name = element.getAttribute('name') ?? '';
  return {
    id: element.getAttribute('id') ?? '',
    given: element.getAttribute('label') ?? '',
    label: element.getAttribute('label') ?? (name || (owner.getAttribute('name') ?? '')),
    text: name,
    type: element.getAttribute('typeRef') ?? '',
    values: valuesOf(child(element, 'outputValues')),
  };
}

function valuesOf(element: Element | undefined): string {
  return element ? textOf(element) : '';
}

function ruleOf(element: Element, at: number): Rule {
  const note = child(element, 'annotationEntry');
  return {
    id: element.getAttribute('id') ?? `#${String(at + 1)}`,
    cells: cellsOf(element).map(textOf),
    note: note ? textOf(note) : (child(element, 'description')?.textContent ?? ''),
  };
}
