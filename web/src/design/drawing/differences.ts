/** What is other in one diagram than in another, element by element; where things are drawn does not count. */

export interface Difference {
  id: string;
  what: 'added' | 'changed' | 'removed';
  /** The kind as BPMN calls it (`userTask`), and what people call the element. */
  tag: string;
  name: string;
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const OURS =
  /^(process|message|signal|error|escalation|participant|lane|subProcess|transaction|adHocSubProcess|callActivity|sequenceFlow|messageFlow|textAnnotation|dataObjectReference|dataStoreReference|task|.+Task|.+Event|.+Gateway)$/;
const DRAWN_AS_WELL = new Set(['incoming', 'outgoing', 'flowNodeRef']);

interface Said {
  tag: string;
  name: string;
  text: string;
}

export function differencesBetween(before: string, after: string): Difference[] {
  const [old, now] = [saidIn(before), saidIn(after)];
  const found: Difference[] = [];
  for (const [id, { tag, name, text }] of now) {
    const was = old.get(id);
    if (was?.text !== text) found.push({ id, tag, name, what: was ? 'changed' : 'added' });
  }
  for (const [id, { tag, name }] of old) if (!now.has(id)) found.push({ id, tag, name, what: 'removed' });
  return found;
}

function saidIn(xml: string): Map<string, Said> {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const found = new Map<string, Said>();
  for (const element of document.getElementsByTagNameNS(BPMN, '*')) {
    const id = element.getAttribute('id');
    if (!id || !OURS.test(element.localName)) continue;
    found.set(id, { tag: element.localName, name: element.getAttribute('name') ?? '', text: textOf(element) });
  }
  return found;
}

/** An element with all that it says itself; elements that are told on their own are left out. */
function textOf(element: Element): string {
  const attributes = [...element.attributes].map((one) => `${one.namespaceURI ?? ''} ${one.localName}=${one.value}`);
  const inner = [...element.childNodes].flatMap((child) => {
    if (!(child instanceof Element)) return child.textContent?.trim() || [];
    const isOwn = child.hasAttribute('id') && OURS.test(child.localName);
    return isOwn || DRAWN_AS_WELL.has(child.localName) || child.localName === 'laneSet' ? [] : textOf(child);
  });
  return [element.localName, ...attributes.sort(), ...inner].join('\n');
}
