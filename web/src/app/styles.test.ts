// @vitest-environment node
/** Each style sheet of a component and those who use it know the same classes. */
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { sheets, sources } from './sources';

/** Classes that a sheet defines; those of a library that it restyles (`:global(…)`) are not its own. */
function definedIn(sheet: string): Set<string> {
  const selectors = sheet
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\{[^{}]*\}/g, '{}')
    .replaceAll(/:global\([^)]*\)/g, '');
  return new Set([...selectors.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name));
}

/** How the sources import the sheet: each with its place, its text and the name that the classes go by in it. */
function usersOf(sheet: string): { source: string; name: string }[] {
  return [...sources].flatMap(([place, source]) =>
    [...source.matchAll(/^import (\w+) from '([^']+\.module\.css)';$/gm)]
      .filter(([, , path = '']) => placeOf(path, place) === sheet)
      .map(([line, name = '']) => ({ source: source.replace(line, ''), name })),
  );
}

function placeOf(path: string, from: string): string {
  return path.startsWith('@/') ? path.replace('@', 'src') : posix.join(posix.dirname(from), path);
}

test.each([...sheets])('%s', (place, sheet) => {
  const users = usersOf(place);
  expect(users).not.toEqual([]);
  const defined = definedIn(sheet);
  const used = new Set(
    users.flatMap(({ source, name }) =>
      [...source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, one = '']) => one),
    ),
  );
  const isChosen = users.some(({ source, name }) => new RegExp(`\\b${name}\\[`).test(source));
  expect(
    [...used].filter((one) => !defined.has(one)),
    'used and not defined',
  ).toEqual([]);
  // Where a class is chosen by a value (`styles[tone]`) the values are not known here.
  if (!isChosen)
    expect(
      [...defined].filter((one) => !used.has(one)),
      'defined and not used',
    ).toEqual([]);
});
