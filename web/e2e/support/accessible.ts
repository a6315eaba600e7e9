/** Whether people with other eyes, hands and ears can use a page: axe's rules, and what axe does not notice. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { probe } from './probe.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Checks the page as it stands, both wide and at 320 px, and leaves the window as it was. */
export async function expectAccessible(page: Page, options: { targets?: 24 | 44 } = {}): Promise<void> {
  // What is on its way is not yet a page.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(
    violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
    ),
  ).toEqual([]);
  const language = await page.evaluate(() => document.documentElement.lang);
  expect(await page.evaluate(probe, { language, target: options.targets ?? 24 })).toEqual([]);
  await expectReflow(page);
}

/** A small window, which is what enlarging 400 % makes of a screen (WCAG 1.4.10). */
async function expectReflow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const sideways = await page.evaluate(overflow);
  if (before) await page.setViewportSize(before);
  expect(sideways, 'the page scrolls sideways at 320 px').toBeLessThanOrEqual(0);
}

/** Text set as wide apart as anybody may need it, in the same small window (WCAG 1.4.12). */
export async function expectRoomForText(page: Page): Promise<void> {
  await page.evaluate(setApart);
  await expectReflow(page);
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
}

function overflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

function setApart(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
