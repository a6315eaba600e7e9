/** What is written and added beside a case's steps is not lost either. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { expect, PASSWORD, test } from './support/test.ts';

test('a note survives a reload, and a file reaches the case when the session ends under it', async ({
  page,
  context,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await page.goto(`/work/cases/${await new Api(page).longestCase()}`);
  const note = page.getByLabel('Ny anteckning');
  await note.fill('Ringde, ingen svarade.');
  await expect(page.getByText('Ligger på den här enheten tills du sparar den.')).toBeVisible();
  await page.reload();
  await expect(note).toHaveValue('Ringde, ingen svarade.');

  const added = page.getByLabel('Lägg till en fil');
  await added.waitFor({ state: 'attached' });
  await context.clearCookies();
  await added.setInputFiles({ name: 'Brev.txt', mimeType: 'text/plain', buffer: Buffer.from('Hej') });
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=name]').fill('hedvig.holm');
  await dialog.locator('input[name=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('”Brev.txt” är sparad.')).toBeVisible();
  await page.getByRole('button', { name: 'Spara anteckningen' }).click();
  await expect(page.getByText('Anteckningen är sparad.')).toBeVisible();
  await page.reload();
  await expect(note).toHaveValue('');
});

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a file is had though the session has ended, and no refusal is saved in its name', async ({
  page,
  context,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await page.goto(`/work/cases/${await new Api(page).longestCase()}`);
  const picture = { name: 'dag 1.png', mimeType: 'image/png', buffer: Buffer.from(DOT, 'base64') };
  await page.getByLabel('Lägg till en fil').setInputFiles(picture);
  const again = async (where: Page): Promise<void> => {
    await where.locator('input[name=name]').fill('hedvig.holm');
    await where.locator('input[name=password]').fill(PASSWORD);
    await where.keyboard.press('Enter');
  };
  // The page may ask for the password by itself before one has clicked: it reads anew what others change.
  const click = async (what: Locator): Promise<void> => what.dispatchEvent('click');
  await page.getByRole('link', { name: 'Hämta dag 1.png' }).waitFor();
  await context.clearCookies();
  const saved = page.waitForEvent('download');
  await click(page.getByRole('link', { name: 'Hämta dag 1.png' }));
  await again(page);
  expect((await saved).suggestedFilename()).toBe('dag 1.png');

  await context.clearCookies();
  await click(page.getByRole('button', { name: 'Visa dag 1.png' }));
  await again(page);
  const shown = page.getByRole('img', { name: 'Filen dag 1.png' });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);

  await context.clearCookies();
  const opened = context.waitForEvent('page');
  await click(page.getByRole('link', { name: 'Öppna i ny flik: dag 1.png' }));
  const tab = await opened;
  await again(tab);
  await tab.waitForURL(/\/api\/v1\/cases\/.*inline=true$/);
  expect(await tab.locator('img').count()).toBe(1);
  await page.goto(`${page.url()}/files/unknown`);
  await expect(page.getByRole('heading', { name: 'Filen finns inte' })).toBeVisible();
  await expectAccessible(page, { targets: 44 });
});
