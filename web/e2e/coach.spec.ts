import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: { title: 'Mina uppgifter' },
  en: { title: 'My tasks' },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`from the list to the next task, by keyboard, in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page, { targets: 44 });

    await page.getByRole('main').getByRole('listitem').first().getByRole('link').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('form')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectAccessible(page, { targets: 44 });
  });
}

test('a wrong form is told in a summary, mended and sent', async ({ page, signIn }) => {
  // No news come from the server: what was done here the page knows by itself.
  await page.route('**/api/v1/events', (route) => route.abort());
  await signIn(page, 'hedvig.holm');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await expect(page.getByText('Nils Papper')).toBeVisible();
  await page.getByRole('button', { name: 'Klart' }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link')).toHaveText(['Svara på Vad hindrar?', 'Svara på Vad gör du?']);
  await expectAccessible(page, { targets: 44 });

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Vad hindrar?')).toBeFocused();
  await page.getByLabel('Vad hindrar?').selectOption({ index: 1 });
  await page.getByLabel('Det är gjort nu').check();
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('”Hjälp kartläggningen framåt” är sparad.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ta uppgiften' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Nästa uppgift' })).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.getByRole('main').getByRole('listitem').getByRole('link').click();
  await expect(page.locator('form')).toBeVisible();
});
