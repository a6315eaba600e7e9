import type { Page } from '@playwright/test';

/** A picture of the whole page at both widths, to be looked at. */
export async function photograph(page: Page, name: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `e2e/results/${name}-${String(width)}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
