import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test('cases are found by people, who stand in no address, and one sees who has looked', async ({ page, signIn }) => {
  await signIn(page, 'arvid.granskare');
  const rows = page.getByRole('main').getByRole('listitem');
  await page.getByLabel('Namn på den som ärendet gäller').fill('yusuf');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/\/audit$/);
  await page.reload();
  await expect(rows).toHaveText([/2026-000002 · Yusuf Warsame-Exempel.*Avslutat/]);
  await page.getByText('Fler sätt att välja').press('Enter');
  await page.getByLabel('Har arbetat i ärendet').fill('cesar');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Har arbetat i ärendet')).toHaveValue('Cesar Coachman');
  await expect(rows).toHaveCount(1);
  await page.getByLabel('Process', { exact: true }).selectOption({ label: 'Klientväg' });
  await page.getByLabel('Version').selectOption({ label: 'Version 1' });
  await expect(page).toHaveURL(/\/audit\?process=client-pathway&version=1$/);
  await expect(rows).toHaveCount(1);
  await expectAccessible(page);
  await rows.getByRole('link').press('Enter');
  await page.getByRole('link', { name: 'Vem som har tittat' }).press('Enter');
  await expect(page.getByRole('row', { name: /^Arvid Granskare/ }).first()).toContainText('fick upp det i en sökning');
  await expect(page.getByRole('row', { name: /^Cesar Coachman/ }).first()).toContainText('ett formulär');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Fler ärenden om samma' }).press('Enter');
  await expect(page.getByText('Bara ärenden som gäller Yusuf Warsame-Exempel')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Visa också andras' }).press('Enter');
  await expect(rows).toHaveCount(8);
});

test('a case whose history is erased is still found, proved and drawn, and says what is gone', async ({
  page,
  signIn,
  installation,
}) => {
  const because = ['--reason', 'Plan 2025:4', '--as', 'ada.admin'];
  installation.run(['history', 'erase', '2026-000002', '--events', '1-100', ...because]);
  await signIn(page, 'arvid.granskare', '/audit?number=2026-000002');
  await page.getByRole('main').getByRole('listitem').getByRole('link').press('Enter');
  await expect(page.getByText('Historiken är oförändrad')).toBeVisible();
  await expect(page.getByText('Uppgifterna i 100 händelser är gallrade.')).toBeVisible();
  await page.goto(`${page.url()}?view=replay&at=90`);
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
  await expect(page.locator('.stegvis-badge').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Aktiv väg' })).toBeVisible();
  await expect(page.getByText('Det som var skrivet är gallrat.')).toBeVisible();
  await expectAccessible(page);
});
