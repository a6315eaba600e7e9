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
