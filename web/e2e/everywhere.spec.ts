/** What holds on every page alike: its frame on a phone, what is spoken, and what is seen where the system chooses the colours. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test('on a phone the frame leaves room for the page, and its menu is opened and left by keys', async ({
  page,
  signIn,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, 'ulla.udd', '/work/start');
  const header = page.getByRole('banner');
  await expect.poll(async () => (await header.boundingBox())?.height).toBeLessThanOrEqual(100);
  const menu = header.getByRole('button', { name: 'Meny' });
  const out = header.getByRole('button', { name: 'Logga ut' });
  await expect(out).toBeHidden();
  await menu.press('Enter');
  await expect(out).toBeVisible();
  await expect(header.getByText('Ulla Udd')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/menu-sv-320.png' });
  await menu.press('Tab');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('button', { name: 'Menu' })).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.keyboard.press('Escape');
  await expect(header.getByRole('button', { name: 'Menu' })).toBeFocused();
  await expect(header.getByRole('button', { name: 'Sign out' })).toBeHidden();
});

test('live regions speak once: on opening a page, on typing, and not of each part that is on its way', async ({
  page,
  signIn,
}) => {
  await page.addInitScript(listen);
  await signIn(page, 'ulla.udd', '/work/cases');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().waitFor();
  await heard(page);
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
  await expect(page.locator('[data-loading]')).toHaveCount(0);
  const opened = await heard(page);
  expect(opened.filter((text) => text.startsWith('Hämtar')).length, opened.join(' | ')).toBeLessThanOrEqual(1);

  await page.context().clearCookies();
  await signIn(page, 'dora.ritare', '/design');
  await page.getByRole('button', { name: 'Börja ändra En dörr in' }).click();
  await expect(page.getByText('Allt är i sin ordning.')).toBeVisible();
  await heard(page);
  await page.locator('#property_title').fill('= "Kort"');
  await expect(page.getByText(/^Ändrat|^Sparar/)).toBeVisible();
  const told: string[] = [];
  await expect
    .poll(async () => {
      told.push(...(await heard(page)));
      return told;
    })
    .toEqual(['Allt är i sin ordning.']);
});

test('where the system chooses the colours and in the dark, diagrams keep their paper and the focus is seen', async ({
  page,
  signIn,
}) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  await signIn(page, 'dora.ritare', '/design');
  await page.getByRole('button', { name: 'Börja ändra En dörr in' }).click();
  const diagram = page.locator('[data-diagram=drawn]');
  await expect(diagram).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await page.getByRole('application').press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('application')).toBeFocused();
  await expect(diagram).toHaveCSS('outline-style', 'solid');
  await page.getByRole('link', { name: 'Scenarier' }).click();
  await page.getByRole('textbox', { name: /yaml/ }).focus();
  await expect(page.locator('[data-source]')).toHaveCSS('outline-style', 'solid');
});

/** Runs in the page: keeps what live regions come to say. */
function listen(): void {
  const regions = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  const said = new Map<Element, string>();
  const spoken: string[] = [];
  Object.assign(window, { spoken });
  const hear = (region: Element) => {
    const text = region.textContent.trim();
    if (text === said.get(region)) return;
    said.set(region, text);
    if (text && region.getAttribute('aria-live') !== 'off') spoken.push(text);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const around = (target instanceof Element ? target : target.parentElement)?.closest(regions);
      if (around) hear(around);
      for (const node of addedNodes) if (node instanceof Element) node.querySelectorAll(regions).forEach(hear);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

async function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { spoken: string[] }).spoken.splice(0));
}
