/** Each page as it is first seen: for those who need it dark, narrow or read aloud, in both languages. Also takes the gallery's pictures. */
import { mkdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectAccessible, expectRoomForText } from './support/accessible.ts';
import { keepForDocs, writeGallery } from './support/gallery.ts';
import { open, PAGES, type Shown } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const PICTURES = 'e2e/results/gallery';
const WIDTHS = [1280, 360];
const people = [...new Set(PAGES.map((shown) => shown.as))];

for (const language of ['sv', 'en'] as const) {
  test(`every page in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.setTimeout(PAGES.length * 60_000);
    mkdirSync(PICTURES, { recursive: true });
    await inLanguage(page, language);
    const wrong: string[] = [];
    for (const person of people) {
      if (person) {
        await page.context().clearCookies();
        await signIn(page, person, '/about/accessibility');
      }
      for (const shown of PAGES.filter(({ as }) => as === person)) {
        await test
          .step(shown.name, () => look(page, shown, language))
          .catch((error: unknown) => {
            wrong.push(`${shown.name}: ${String(error)}`);
          });
      }
    }
    expect(wrong.join('\n\n')).toBe('');
  });
}

test.afterAll(writeGallery);

async function look(page: Page, shown: Shown, language: string): Promise<void> {
  await open(page, shown);
  await expectAccessible(page, { targets: shown.route.startsWith('/work') ? 44 : 24 });
  await expectRoomForText(page);
  await expectContrastInTheDark(page);
  await takePictures(page, `${shown.name}-${language}`);
  if (await unfold(page)) await expectAccessible(page, { targets: shown.route.startsWith('/work') ? 44 : 24 });
}

/** Opens what the page has folded away: each part once, and the first of rows that are alike. Whether there was any. */
async function unfold(page: Page): Promise<boolean> {
  const parts = page.locator('main details:not([open])');
  const count = await parts.count();
  await parts.evaluateAll((all) => {
    for (const part of all) part.setAttribute('open', '');
  });
  const button = page.locator('main button[aria-expanded=false]:visible').first();
  const isThere = (await button.count()) > 0;
  if (isThere) await button.click();
  return count > 0 || isThere;
}

async function expectContrastInTheDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  expect(violations.flatMap(({ nodes }) => nodes.map((node) => node.html))).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}/${name}-${String(width)}.png`, fullPage: true });
    if (name.endsWith('-sv')) await keepForDocs(page, `${name}-${String(width)}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
