/**
 * A document as XML means it: names with their namespaces, attributes in order, and no white space but inside texts.
 *
 * It needs nothing from around it, so that a browser can be told to do it.
 */
export function canonical(xml: string): string {
  const named = (node: Element | Attr): string =>
    node.namespaceURI ? `{${node.namespaceURI}}${node.localName}` : node.localName;
  const lines = (element: Element, depth: number): string[] => {
    const attributes = [...element.attributes]
      .filter((one) => one.namespaceURI !== 'http://www.w3.org/2000/xmlns/')
      .map((one) => `${named(one)}=${JSON.stringify(one.value)}`)
      .sort();
    const indent = ' '.repeat(depth);
    const own = [`${indent}${[named(element), ...attributes].join(' ')}`];
    const children = [...element.childNodes].flatMap((child) => {
      if (child instanceof Element) return lines(child, depth + 1);
      const text = child.nodeType === Node.COMMENT_NODE ? '' : (child.textContent ?? '').trim();
      return text ? [`${indent} ${JSON.stringify(text)}`] : [];
    });
    return [...own, ...children];
  };
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return lines(document.documentElement, 0).join('\n');
}
