/** Ways through the elements of a DMN file, and to new ones that are written as the file writes its own. */

/** The root of a text that is XML. */
export function read(xml: string): Element | undefined {
  // The browser's own report of what is no XML has styles that the content policy stops: it is not asked for one.
  if (brokenAt(xml) !== undefined) return undefined;
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return document.getElementsByTagName('parsererror').length > 0 ? undefined : document.documentElement;
}

const NAME = String.raw`[^\s<>/="'&!?]+`;
const PIECE = new RegExp(
  String.raw`<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|</(${NAME})\s*>|` +
    String.raw`<(${NAME})(?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(/?)>|[^<]+`,
  'y',
);
const LONE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

/** The line at which a text stops being XML; undefined when it is XML. */
export function brokenAt(xml: string): number | undefined {
  const open: string[] = [];
  let roots = 0;
  let at = 0;
  while (at < xml.length) {
    PIECE.lastIndex = at;
    const [piece = '', closed, opened, isEmpty] = PIECE.exec(xml) ?? [];
    const isText = !piece.startsWith('<');
    const isLoose = isText && open.length === 0 && piece.trim() !== '';
    if (!piece || isLoose || (!piece.startsWith('<!') && LONE_AMPERSAND.test(piece))) {
      at += piece.length - piece.trimStart().length;
      break;
    }
    if (closed !== undefined && open.pop() !== closed) break;
    if (opened !== undefined && open.length === 0) roots += 1;
    if (opened !== undefined && !isEmpty) open.push(opened);
    at += piece.length;
  }
  if (at === xml.length && open.length === 0 && roots === 1) return undefined;
  return xml.slice(0, at).split('\n').length;
}

/** The start tag of the root as it stood, since nothing in it was changed, and what stood around it. */
export function written(root: Element, xml: string): string {
  const tag = /<(?:[\w.-]+:)?definitions\b(?:[^>"']|"[^"]*"|'[^']*')*>/;
  const start = tag.exec(xml);
  const text = new XMLSerializer().serializeToString(root);
  if (!start) return text;
  const end = /\s*$/.exec(xml)?.[0] ?? '';
  return xml.slice(0, start.index) + text.replace(tag, () => start[0]) + end;
}

export function cellsOf(rule: Element): Element[] {
  return [...children(rule, 'inputEntry'), ...children(rule, 'outputEntry')];
}

export function textOf(element: Element): string {
  return child(element, 'text')?.textContent ?? '';
}

/** Writes the FEEL of an element, in a text of its own where it had none. */
export function setText(element: Element, text: string): void {
  const inner = child(element, 'text') ?? make(element, 'text');
  inner.textContent = text;
  if (!inner.parentNode) element.append(inner);
}

/** A new element, named as its neighbours are. */
export function make(like: Element, name: string): Element {
  return like.ownerDocument.createElementNS(like.namespaceURI, like.prefix ? `${like.prefix}:${name}` : name);
}

/** A cell with an id that nothing else in the file has. */
export function makeCell(like: Element, name: string, text: string, ids: Set<string | null>): Element {
  const cell = make(like, name);
  cell.setAttribute('id', freeId(name, ids));
  setText(cell, text);
  return cell;
}

/** Puts an element behind another, on a line of its own where the other has one. */
export function putAfter(before: Element, made: Element): void {
  const space = before.previousSibling;
  before.after(made);
  if (space?.nodeType === Node.TEXT_NODE && !space.textContent?.trim()) made.before(space.cloneNode());
}

export function idsIn(element: Element): Set<string | null> {
  return new Set([...element.ownerDocument.getElementsByTagName('*')].map((one) => one.getAttribute('id')));
}

/** The rule with an id; one without is named by its place, such as `#2`. */
export function ruleNamed(rules: readonly Element[], id: string): Element | undefined {
  return rules.find((one) => one.getAttribute('id') === id) ?? rules[Number(/^#(\d+)$/.exec(id)?.[1]) - 1];
}

export function child(element: Element, name: string): Element | undefined {
  return children(element, name)[0];
}

export function children(element: Element, name: string): Element[] {
  return [...element.children].filter((one) => one.localName === name);
}

export function removeWithSpace(element: Element | undefined): void {
  const space = element?.previousSibling;
  if (space?.nodeType === Node.TEXT_NODE && !space.textContent?.trim()) space.remove();
  element?.remove();
}

export function freeId(name: string, ids: Set<string | null>): string {
  let number = 1;
  while (ids.has(`${name}-${String(number)}`)) number += 1;
  const id = `${name}-${String(number)}`;
  ids.add(id);
  return id;
}
