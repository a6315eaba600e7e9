import { existsSync, readFileSync } from 'node:fs';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { PAGES } from '../../e2e/support/pages';
import { makeRouter } from './router';

/** Routes that lead on to another at once. */
const LEAD_ON = ['/', '/work', '/work/cases/$caseId/files/$fileId'];

test('every page is looked through and stands in the gallery', () => {
  const routes = Object.keys(makeRouter(new QueryClient()).routesByPath);
  const shown = PAGES.map(({ route }) => route);
  expect(routes.filter((route) => !shown.includes(route) && !LEAD_ON.includes(route))).toEqual([]);
});

test('the gallery shows each of them, wide and narrow: run `make gallery` after a new page', () => {
  const gallery = readFileSync('../docs/gallery.md', 'utf8');
  for (const picture of PAGES.flatMap(({ name }) => [1280, 360].map((width) => `${name}-sv-${String(width)}.webp`))) {
    expect(gallery).toContain(`images/gallery/${picture}`);
    expect(existsSync(`../docs/images/gallery/${picture}`), picture).toBe(true);
  }
});
