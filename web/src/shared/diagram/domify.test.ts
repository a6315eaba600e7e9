// @vitest-environment jsdom
import { expect, test } from 'vitest';
import domify from './domify';

test('markup becomes an element whose style needs no attribute in the markup', () => {
  const link = domify(
    ' <a href="#" style="position: absolute; right: 15px"><b style="color: red">x</b></a> ',
  ) as HTMLElement;
  expect([link.tagName, link.style.position, link.style.right, link.textContent]).toEqual([
    'A',
    'absolute',
    '15px',
    'x',
  ]);
  expect((link.firstElementChild as HTMLElement).style.color).toBe('red');
  expect(link.dataset.style).toBeUndefined();
});

test('several elements, rows of tables and plain text become what they are', () => {
  expect(domify('<i></i><b></b>').childNodes).toHaveLength(2);
  expect((domify('<tr><td></td></tr>') as Element).tagName).toBe('TR');
  expect(domify('text').textContent).toBe('text');
});
