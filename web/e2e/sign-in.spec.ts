import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

for (const language of ['sv', 'en'] as const) {
  test(`the page for signing in is accessible in ${language}`, async ({ page, inLanguage }) => {
    await inLanguage(page, language);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(language === 'sv' ? 'Logga in' : 'Sign in');
    await expectAccessible(page, { targets: 44 });
  });
}

test('a wrong password is told and a right one leads in', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Användarnamn').fill('hedvig.holm');
  await page.getByLabel('Lösenord').fill('inte det här');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.getByLabel('Lösenord').fill('stegvis-demo');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Hedvig Holm')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
});

test('a link for signing in leads to no other site', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm', '//example.com/');
  expect(new URL(page.url()).hostname).toBe('127.0.0.1');
});

test('signing out forgets', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logga in');
  await page.goto('/work');
  await expect(page).toHaveURL(/sign-in/);
});

test.describe('a demonstration with a look of its own', () => {
  const folder = fileURLToPath(new URL('support/theme', import.meta.url));
  test.use({ serving: { arguments: ['--demo'], environment: { STEGVIS_THEME: folder } } });

  test('one presses an invented person and is in; name, logo and colours are the authority’s own', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveTitle('Logga in – Stegvis i Fiktivby');
    await expect(page.locator('header img')).toHaveJSProperty('naturalWidth', 64);
    const submit = page.locator('form button[type=submit]');
    await expect(submit).toHaveCSS('background-color', 'rgb(122, 31, 61)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(submit).toHaveCSS('background-color', 'rgb(240, 166, 189)');
    await expectAccessible(page, { targets: 44 });
    await page.getByRole('button', { name: /Hedvig Holm/ }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mina uppgifter');
    await page.getByRole('link', { name: 'Om tillgänglighet' }).press('Enter');
    await expect(page.getByRole('link', { name: 'tillganglighet@fiktivby.example' })).toBeVisible();
    await expectAccessible(page, { targets: 44 });
  });
});
