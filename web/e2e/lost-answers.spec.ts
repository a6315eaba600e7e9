/** A bad network: what is done though nobody hears of it is done once, and what is too long is told and never cut. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { expect, test } from './support/test.ts';

const SILENT = 'Servern svarar inte. Det du skickade skickas igen';

/** Lets the server do it, and loses its answer, once. */
async function loseOneAnswer(page: Page, address: string): Promise<void> {
  await page.route(
    address,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}

test('without a network one is told so, writes on, and loses neither a letter nor the field that one types in', async ({
  page,
  context,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  // The page of what is found is slow to come, and one types on.
  const field = page.getByRole('searchbox', { name: 'Sök ärende' });
  await page.route('**/cases/search', async (route) => {
    await field.press('End');
    await page.keyboard.type(' tom');
    await route.continue();
  });
  await field.fill('skriv');
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sök ärende' })).toBeVisible();
  await expect(field).toHaveValue('skriv tom');
  await field.fill('x'.repeat(201));
  await expect(page.getByText('Texten är ett tecken för lång.')).toBeVisible();
  await expectAccessible(page, { targets: 44 });

  await page.goto('/work/tasks');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await expect(page.getByText('Nils Papper')).toBeVisible();
  await expect(page.getByLabel('Anteckning')).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('Du är utan nät.')).toBeVisible();
  await page.getByLabel('Anteckning').fill('Skrivet i en tunnel');
  await expect(page.getByText('väntar på nät')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/no-network-1280.png' });
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByText('Du är utan nät.')).toBeHidden();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet i en tunnel');
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();
});

test('what is done while the answer is lost is done once', async ({ page, signIn }) => {
  await signIn(page, 'ulla.udd');
  const id = await new Api(page).longestCase();
  await page.goto(`/work/cases/${id}`);

  const notes = page.getByRole('region', { name: 'Anteckningar' });
  const note = notes.getByLabel('Ny anteckning');
  await note.fill(`${'å'.repeat(10_000)}👍`);
  await expect(notes.getByText('Texten är ett tecken för lång.')).toBeVisible();
  await notes.getByRole('button', { name: 'Spara anteckningen' }).click();
  await expect(note).toBeFocused();
  await expectAccessible(page, { targets: 44 });
  await note.fill('Ringde, ingen svarade.');
  await loseOneAnswer(page, '**/notes');
  await notes.getByRole('button', { name: 'Spara anteckningen' }).click();
  await expect(notes.getByText(SILENT)).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await expect(page.getByText('Anteckningen är sparad.')).toBeVisible();
  await expect(notes.getByRole('listitem')).toHaveCount(1);

  const files = page.getByRole('region', { name: 'Filer' });
  await loseOneAnswer(page, '**/files');
  const letter = { name: 'Brev.txt', mimeType: 'text/plain', buffer: Buffer.from('Hej') };
  await files.getByLabel('Lägg till en fil').setInputFiles(letter);
  await files.getByRole('button', { name: 'Skicka filen igen' }).click();
  await expect(files.getByText('”Brev.txt” är sparad.')).toBeVisible();
  await expect(files.getByRole('listitem')).toHaveCount(1);

  const holder = page.getByRole('group', { name: 'Ansvar för ärendet' });
  await holder
    .getByRole('button', { name: /ärendet/ })
    .last()
    .click();
  await holder.getByRole('combobox').selectOption({ label: 'Hedvig Holm' });
  await loseOneAnswer(page, '**/assign');
  await holder.getByRole('button', { name: 'Lämna över ärendet' }).last().click();
  await expect(holder.getByText(SILENT)).toBeVisible();
  await expect(holder.getByText('Hedvig Holm är nu ansvarig')).toBeVisible();
});
