import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, PASSWORD, test } from './support/test.ts';

const NOTE = 'Klienten vill ha ett nytt möte';
const SAVED = /^Sparat \d\d:\d\d\.$/;

/** One that anybody at the office may do, with a form that has a note. Which comes first depends on the day. */
async function openTask(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await expect(page.getByLabel('Anteckning')).toBeVisible();
}

test('what is typed survives a server that is killed, and a reload before it is back', async ({
  page,
  signIn,
  installation,
}) => {
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await installation.kill();
  await page.getByLabel('Anteckning').fill(NOTE);
  await expect(page.getByText('Sparat på den här enheten')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await installation.restart();
  await expect(page.getByText(SAVED)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Anteckning')).toHaveValue(NOTE);
});

test('what is typed survives a reload within the pause', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await page.getByLabel('Anteckning').fill(`${NOTE} i morgon`);
  await page.reload();
  await expect(page.getByLabel('Anteckning')).toHaveValue(`${NOTE} i morgon`);
});

const AGAIN = {
  sv: {
    title: 'Logga in igen',
    note: 'Anteckning',
    task: 'Hjälp kartläggningen framåt',
    saved: /^Sparat \d\d:\d\d\.$/,
  },
  en: { title: 'Sign in again', note: 'Note', task: 'Help the mapping forward', saved: /^Saved \d\d:\d\d\.$/ },
};

for (const language of ['sv', 'en'] as const) {
  const words = AGAIN[language];

  test(`a session that ends in the middle of a form is taken up again over the form, in ${language}`, async ({
    page,
    context,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    await page.getByRole('link', { name: words.task }).click();
    await expect(page.getByLabel(words.note)).toBeVisible();
    await context.clearCookies();
    await page.getByLabel(words.note).fill('Skrivet efter att inloggningen gått ut');
    const dialog = page.getByRole('dialog', { name: words.title });
    await expect(dialog).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await dialog.locator('input[name=name]').fill('hedvig.holm');
    await dialog.locator('input[name=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByText(words.saved)).toBeVisible();
    await expect(page.getByLabel(words.note)).toHaveValue('Skrivet efter att inloggningen gått ut');
  });
}

test('a start form survives a killed server and another machine, and begins one case when the answer is lost', async ({
  page,
  browser,
  signIn,
  installation,
}) => {
  const address = '/work/start?process=client-pathway&unit=sundsvall';
  await signIn(page, 'rut.disk', address);
  const person = page.locator('form').getByRole('combobox');
  await person.fill('Am');
  await page.locator('form [role=option]').first().click();
  await expect(page.getByText(SAVED)).toBeVisible();
  await installation.kill();
  await page.locator('form input[type=checkbox]').first().check();
  await expect(page.getByText(/^Sparat på den här enheten \d\d:\d\d, väntar på nät\.$/)).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/start-away-1280.png', fullPage: true });
  await installation.restart();
  await expect(page.getByText(SAVED)).toBeVisible();

  const machine = await (await browser.newContext({ baseURL: installation.address })).newPage();
  await signIn(machine, 'rut.disk', address);
  await expect(machine.locator('form').getByRole('combobox')).toHaveValue(await person.inputValue());
  await expect(machine.locator('form input[type=checkbox]').first()).toBeChecked();
  await machine.context().close();

  const count = async () =>
    ((await (await page.request.get('/api/v1/cases?limit=200')).json()) as { items: unknown[] }).items.length;
  const before = await count();
  let lost = 0;
  await page.route('**/api/v1/cases', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  for (const box of await page.locator('form input[type=checkbox]').all()) await box.check();
  await page.locator('form button[type=submit]').dblclick();
  await expect(page.getByText('Det du skickade skickas igen')).toBeVisible();
  await expect(page).toHaveURL(/\/work\/cases\/[0-9a-f]+/);
  expect(lost).toBe(1);
  expect(await count()).toBe(before + 1);
  await page.goto(address);
  await expect(page.locator('form').getByRole('combobox')).toHaveValue('');
});

test('a completion whose answer is lost is told once, also after a reload', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await page.getByLabel('Vad hindrar?').selectOption({ index: 1 });
  await page.getByLabel('Det är gjort nu').check();
  await page.route('**/complete', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('Det du skickade skickas igen')).toBeVisible();
  await page.unroute('**/complete');
  await page.reload();
  await expect(page.getByText('Klart. ”Hjälp kartläggningen framåt” är sparad.')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Hedvig Holm avslutade uppgiften/)).toBeVisible();
  await expect(page.getByText('Det du hade skrivit')).toHaveCount(0);
});

test('a message is kept while it is written, and emptied in two steps', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm', '/work/cases?number=2026-000004');
  await page.getByRole('link', { name: /2026-000004/ }).click();
  await page.getByRole('button', { name: 'Klienten vill sluta' }).click();
  await page.getByLabel('Varför vill klienten sluta?').fill('Har fått arbete');
  await expect(page.getByText(SAVED)).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Klienten vill sluta' }).click();
  await expect(page.getByLabel('Varför vill klienten sluta?')).toHaveValue('Har fått arbete');
  await page.getByRole('button', { name: 'Töm formuläret' }).click();
  await expect(page.getByRole('group', { name: 'Ska det du har skrivit slängas?' })).toBeFocused();
  await expectAccessible(page, { targets: 44 });
  await page.getByRole('button', { name: 'Ja, släng det' }).click();
  await expect(page.getByLabel('Varför vill klienten sluta?')).toHaveValue('');
});

test('two pages of one person follow each other', async ({ page, context, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByLabel('Anteckning')).toBeVisible();
  await page.getByLabel('Anteckning').fill('Skrivet i den ena');
  await expect(second.getByLabel('Anteckning')).toHaveValue('Skrivet i den ena');
  await second.getByLabel('Anteckning').fill('Skrivet i den ena och i den andra');
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet i den ena och i den andra');
  await expect(page.getByText('Du har skrivit olika')).toHaveCount(0);
});

test('signing out leaves nothing here that the server has, and asks about what it has not', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await page.getByLabel('Anteckning').fill(NOTE);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByText('inget av det ligger kvar på den här enheten')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('stegvis.draft')))).toEqual(
    [],
  );
  await expectAccessible(page, { targets: 44 });

  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await expect(page.getByLabel('Anteckning')).toHaveValue(NOTE);
  await page.route('**/draft', (route) => route.abort());
  await page.getByLabel('Anteckning').fill(`${NOTE} i morgon`);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  const asking = page.getByRole('dialog', { name: 'Allt är inte sparat på servern' });
  await expect(asking).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/leaving-1280.png' });
  await asking.getByRole('button', { name: 'Logga ut och låt det ligga kvar här' }).click();
  await expect(page.getByText('Det visas bara för dig')).toBeVisible();
  await signIn(page, 'ulla.udd');
  await expect(page.getByText(NOTE)).toHaveCount(0);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page).toHaveURL(/left=saved/);
  await page.unroute('**/draft');
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await expect(page.getByLabel('Anteckning')).toHaveValue(`${NOTE} i morgon`);
});

test('a browser that keeps nothing says so, and asks before what is not saved is left', async ({ page, signIn }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await signIn(page, 'hedvig.holm');
  await openTask(page);
  await expect(page.getByText('Webbläsaren kan inte spara på den här enheten')).toBeVisible();
  await page.route('**/draft', (route) => route.abort());
  await page.getByLabel('Anteckning').fill(NOTE);
  await expect(page.getByText('Inte sparat: servern svarar inte')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  const asked = page.waitForEvent('dialog');
  const left = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await left;
});
