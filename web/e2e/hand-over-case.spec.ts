/** A whole case goes to somebody else, with a note, and what its coach held goes along. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { Colleague } from './support/colleague.ts';
import { expect, test } from './support/test.ts';

interface Cases {
  items: { id: string; responsible: { name: string } | null; unit: string }[];
}

async function caseOf(page: Page, coach: string | null, unit: string): Promise<string> {
  const { items } = await new Api(page).read<Cases>('/cases?limit=100&status=active');
  const found = items.find((one) => (one.responsible?.name ?? null) === coach && one.unit === unit);
  if (!found) throw new Error(`${coach ?? 'Nobody'} is responsible for no case in ${unit}.`);
  return found.id;
}

async function pictures(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/results/${name}-1280.png` });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `e2e/results/${name}-360.png` });
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('a coach hands a case over with the keyboard, and the other reads why', async ({
  page,
  browser,
  baseURL,
  signIn,
}) => {
  await signIn(page, 'hugo.hjelm');
  const id = await caseOf(page, 'Hugo Hjelm', 'hultsfred');
  await page.goto(`/work/cases/${id}`);
  const held = page.getByRole('group', { name: 'Ansvar för ärendet' });
  await page.getByRole('button', { name: 'Ta uppgiften' }).click();
  await expect(page.getByText('Du har tagit uppgiften.')).toBeVisible();

  await held.getByRole('button', { name: 'Lämna över ärendet' }).focus();
  await page.keyboard.press('Enter');
  const to = held.getByLabel('Vem ska ta över?');
  await expect(to).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Gäller 19121212-1212.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(held.getByText('Välj vem som ska ta över ärendet.')).toBeVisible();
  await expect(to).toBeFocused();
  await to.selectOption({ label: 'Ulla Udd' });
  await held.getByRole('button', { name: 'Lämna över ärendet' }).last().click();
  await expect(held.getByText(/personnummer\b.*\bMeddelande|Meddelande.*personnummer/)).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await pictures(page, 'hand-over-case-sv');
  await to.selectOption({ label: 'Hedvig Holm' });
  await held.getByLabel('Meddelande (frivilligt)').fill('Ring först: hen har bytt nummer.');
  await held.getByRole('button', { name: 'Lämna över ärendet' }).last().click();
  await expect(held.getByRole('status').first()).toHaveText('Hedvig Holm är nu ansvarig för ärendet.');
  await expect(held).toBeFocused();
  await expect(held.getByRole('button')).toHaveCount(0);

  const hedvig = await Colleague.at(browser, baseURL ?? '', signIn, 'hedvig.holm');
  await hedvig.page.goto(`/work/cases/${id}`);
  await expect(hedvig.page.getByText(/^Hugo Hjelm lämnade över ärendet till dig/)).toBeVisible();
  await expect(hedvig.page.getByText('Ring först: hen har bytt nummer.', { exact: true })).toBeVisible();
  await expect(hedvig.page.getByText('Hugo Hjelm lämnade över ärendet till Hedvig Holm.').first()).toBeVisible();
  await expectAccessible(hedvig.page, { targets: 44 });
  await pictures(hedvig.page, 'handed-over-case-sv');
});

test('a case that nobody has is taken over, and its head gives it on, in English', async ({
  page,
  browser,
  baseURL,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'en');
  await signIn(page, 'hedvig.holm');
  const id = await caseOf(page, null, 'hultsfred');
  await page.goto(`/work/cases/${id}`);
  const held = page.getByRole('group', { name: 'Who is responsible' });
  await held.getByRole('button', { name: 'Take the case over' }).click();
  await expect(held.getByRole('status')).toHaveText('Hedvig Holm is now responsible for the case.');
  await held.getByRole('button', { name: 'Hand the case over' }).click();
  await expectAccessible(page, { targets: 44 });

  // Meanwhile the head of the unit gives it to somebody else: the page follows, and what was begun is refused in words.
  const ulla = await Colleague.at(browser, baseURL ?? '', signIn, 'ulla.udd');
  await held.getByLabel('Who is to take over?').selectOption({ label: 'Rut Disk' });
  await ulla.does('POST', `/cases/${id}/assign`, { to: 'hugo.hjelm' });
  await expect(page.getByRole('definition').filter({ hasText: 'Hugo Hjelm' })).toBeVisible();
  await expect(held.getByRole('button', { name: 'Hand the case over' })).toHaveCount(0);
});
