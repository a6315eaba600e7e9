/**
 * Stands for the package `domify`, by which diagrams and decision tables make elements of markup: what the markup says of
 * style is said to the element instead, since the content policy lets no style attribute through.
 */
export default function domify(html: string, owner: Document = document): Node {
  const template = owner.createElement('template');
  template.innerHTML = html.trim().replaceAll(/\sstyle="/g, ' data-style="');
  const made = owner.importNode(template.content, true);
  for (const element of made.querySelectorAll<HTMLElement | SVGElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? '';
    delete element.dataset.style;
  }
  const [only, ...others] = made.childNodes;
  return only && others.length === 0 ? made.removeChild(only) : made;
}
