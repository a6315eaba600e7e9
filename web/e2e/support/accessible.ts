/** Whether people with other eyes, hands and ears can use a page: axe's rules, and what axe does not notice. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { probe } from './probe.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Checks the page as it stands, both wide and at 320 px, and leaves the window as it was. */
export async function expectAccessible(page: Page, options: { targets?: 24 | 44 } = {}): Promise<void> {
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

async function expectReflow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  if (before) await page.setViewportSize(before);
  expect(content, 'the page scrolls sideways at 320 px').toBeLessThanOrEqual(window);
}
