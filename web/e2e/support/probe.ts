interface Asked {
  language: string;
  target: number;
}

/** Runs in the page. Lists what is wrong for those who do not see it: dangling references, unnamed fields, small targets. */
export function probe({ language, target }: Asked): string[] {
  const wrong: string[] = [];
  const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? element.id).trim().slice(0, 40)}"`;

  for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-errormessage']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) wrong.push(`${name(element)}: ${attribute} names ${id}, which is not there`);
      }
    }
  }
  for (const field of document.querySelectorAll('[aria-invalid=true]')) {
    if (!field.getAttribute('aria-describedby')) wrong.push(`${name(field)}: is wrong, but nothing says why`);
  }
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(visible);
  if (headings.filter((heading) => heading.tagName === 'H1').length !== 1) wrong.push('the page has not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('the page has not one main');
  if (!document.title || !['sv', 'en'].includes(language)) wrong.push('the page has no title or language');

  const inText = (element: Element) =>
    getComputedStyle(element).display === 'inline' && element.closest('p, li, td, dd, figcaption') !== null;
  for (const control of document.querySelectorAll(
    'a[href], button, select, summary, [role=button], input:not([type=hidden])',
  )) {
    if (!visible(control) || inText(control) || control.closest('.visually-hidden, [data-foreign]')) continue;
    const box = (control.closest('label') ?? control).getBoundingClientRect();
    if (box.width > 0 && (box.width < target || box.height < target))
      wrong.push(
        `${name(control)}: the target is ${String(Math.round(box.width))} × ${String(Math.round(box.height))} px`,
      );
  }

  const leftOver =
    language === 'sv' ? /\b(Submit|Add item|Remove|Required|Loading|Search|Close|Cancel|Errors|Delete)\b/ : /[åäö]/i;
  const spoken = [...document.querySelectorAll('button, label, legend, [role=status], [role=alert], th')];
  for (const element of spoken.filter((each) => visible(each) && !each.closest('[lang]:not(html), [data-content]'))) {
    const own = element.cloneNode(true) as Element;
    for (const told of own.querySelectorAll('[lang], [data-content]')) told.remove();
    if (leftOver.test(own.textContent ?? '')) wrong.push(`${name(element)}: is in the other language`);
  }
  return wrong;
}
