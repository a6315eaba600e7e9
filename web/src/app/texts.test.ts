// @vitest-environment node
/** The catalogues say the same things in both languages, and nothing that no page says. */
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sources } from './sources';

const files = import.meta.glob<object>('../**/{sv,en}.json', { eager: true, import: 'default' });
const folders = [...new Set(Object.keys(files).map((file) => file.replace(/\/(sv|en)\.json$/, '')))];

/** Each text by its place (`form.row`), plural forms included. */
function texts(value: unknown, place = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[place, value]]);
  const parts = Object.entries(value as object);
  return new Map(parts.flatMap(([name, part]) => [...texts(part, place ? `${place}.${name}` : name)]));
}

/** What the catalogue in a folder is called where its texts are asked for. */
function catalogueOf(folder: string): string {
  return /addTexts\('(\w+)'/.exec(sources.get(posix.join('src/app', folder, 'index.ts')) ?? '')?.[1] ?? 'shared';
}

/** The sources that ask for texts of a catalogue: every one may for the shared catalogue. */
function askersOf(catalogue: string): string {
  const named = new RegExp(`['"\`]${catalogue}['"\`:]`);
  return [...sources.values()].filter((source) => catalogue === 'shared' || named.test(source)).join('\n');
}

/** Whether some source has the place as a text, whole or put together (`history.${what}`). */
function whatIsAsked(catalogue: string): (place: string) => boolean {
  const source = askersOf(catalogue);
  const whole = new Set(
    [/'([^'\n]*)'/g, /"([^"\n]*)"/g].flatMap((quoted) => [...source.matchAll(quoted)].map(([, text]) => text)),
  );
  const together = [...source.matchAll(/`([\w.:-]+(?:\$\{[^`}]*\}[\w.:-]*)+)`/g)].map(
    ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`),
  );
  return (place) =>
    [place, `${catalogue}:${place}`].some((name) => whole.has(name) || together.some((one) => one.test(name)));
}

const slots = (text = '') => [...new Set(text.match(/\{\{[^}]+\}\}/g))].sort();

test('there are catalogues', () => {
  expect(folders.length).toBeGreaterThan(4);
});

describe.each(folders)('%s', (folder) => {
  const sv = texts(files[`${folder}/sv.json`]);
  const en = texts(files[`${folder}/en.json`]);

  test('has the same texts in Swedish and English', () => {
    expect([...sv.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test('says something everywhere, with the same values in it', () => {
    for (const [place, text] of sv) {
      expect(text.trim(), place).not.toBe('');
      // A plural form may leave out the number ("En träff").
      if (!/_(zero|one)$/.test(place)) expect(slots(text), place).toEqual(slots(en.get(place)));
    }
  });

  test('has a plural form for each number', () => {
    for (const place of sv.keys()) {
      if (place.endsWith('_one')) expect([...sv.keys()]).toContain(place.replace(/_one$/, '_other'));
      if (place.endsWith('_other')) expect([...sv.keys()]).toContain(place.replace(/_other$/, '_one'));
    }
  });

  test('has no text that nothing asks for', () => {
    const isAsked = whatIsAsked(catalogueOf(folder));
    const places = [...sv.keys()].map((place) => place.replace(/_(zero|one|other)$|\.\d+$/, ''));
    expect(places.filter((place) => !isAsked(place))).toEqual([]);
  });
});
