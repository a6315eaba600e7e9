import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    unit: 'Vilken enhet?',
    add: 'Lägg till i Personer',
    submit: 'Lägg till',
    options: ['Inget nummer än', 'Inga skyddade uppgifter', 'Nej'],
    fields: { Förnamn: 'Tilda', Efternamn: 'Test', Födelsedag: '1990-02-03', Språk: 'swe' },
    channel: 'Vill helst bli nådd',
    office: 'Kontor',
  },
  en: {
    unit: 'Which unit?',
    add: 'Add to Persons',
    submit: 'Add',
    options: ['No number yet', 'Not protected', 'No'],
    fields: { 'First name': 'Tilda', 'Last name': 'Test', 'Date of birth': '1990-02-03', Language: 'swe' },
    channel: 'Prefers to be reached by',
    office: 'Office',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`somebody new is added on the way to a case of theirs, in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    await signIn(page, 'rut.disk', '/work/start');
    await page.getByLabel(words.unit).selectOption({ index: 2 });
    await page.locator('form input[type=checkbox]').check();
    await page.getByRole('link', { name: words.add }).click();

    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectAccessible(page, { targets: 44 });
    for (const option of words.options) await page.getByRole('radio', { name: option, exact: true }).check();
    for (const [label, text] of Object.entries(words.fields))
      await page
        .getByLabel(new RegExp(`^${label}`))
        .first()
        .fill(text);
    await page.getByLabel(words.channel).selectOption({ index: 2 });
    await page.getByRole('combobox', { name: new RegExp(words.office) }).fill('Hult');
    await page
      .getByRole('option', { name: /Hultsfred/ })
      .first()
      .click();
    await page.screenshot({ path: `e2e/results/new-entry-${language}-1280.png`, fullPage: true });
    await page.reload();
    await expect(page.getByLabel(new RegExp(`^${Object.keys(words.fields)[0] ?? ''}`))).toHaveValue('Tilda');
    await page.goBack();
    await expect(page).toHaveURL(/\/work\/start/);
    await expect(page.getByLabel(words.unit)).toBeVisible();
    await expect(page.locator('form input[type=checkbox]')).toBeChecked();

    await page.getByRole('link', { name: words.add }).click();
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await expect(page).toHaveURL(/\/work\/start/);
    await expect(page.locator('form').getByRole('combobox')).toHaveValue('Tilda Test');
    await expect(page.locator('form input[type=checkbox]')).toBeChecked();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/new-entry-chosen-${language}-1280.png`, fullPage: true });
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/work\/cases\/[0-9a-f]+/);
    await expect(page.getByText('Tilda Test').first()).toBeVisible();
  });
}
