import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, PASSWORD, test } from './support/test.ts';

const NOTE = 'Klienten vill ha ett nytt möte';

async function openFirstTask(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
  await expect(page.getByLabel('Anteckning')).toBeVisible();
}

test('what is typed survives a server that is killed, and a reload before it is back', async ({
  page,
  signIn,
  installation,
}) => {
  await signIn(page, 'hedvig.holm');
  await openFirstTask(page);
  await installation.kill();
  await page.getByLabel('Anteckning').fill(NOTE);
  await expect(page.getByText('Sparat på den här enheten')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await installation.restart();
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(page.getByLabel('Anteckning')).toHaveValue(NOTE);
});

test('what is typed survives a reload within the pause', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await openFirstTask(page);
  await page.getByLabel('Anteckning').fill(`${NOTE} i morgon`);
  await page.reload();
  await expect(page.getByLabel('Anteckning')).toHaveValue(`${NOTE} i morgon`);
});

test('a session that ends in the middle of a form is taken up again over the form', async ({
  page,
  context,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await openFirstTask(page);
  await context.clearCookies();
  await page.getByLabel('Anteckning').fill('Skrivet efter att inloggningen gått ut');
  const dialog = page.getByRole('dialog', { name: 'Logga in igen' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Användarnamn').fill('hedvig.holm');
  await dialog.getByLabel('Lösenord').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet efter att inloggningen gått ut');
});
