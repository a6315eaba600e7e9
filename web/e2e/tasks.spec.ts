import type { Browser, Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    whose: 'Vems uppgifter',
    when: 'När de ska vara klara',
    all: 'Alla jag kan göra (3)',
    free: 'Lediga i mina grupper (3)',
    overdue: 'Försenade (3)',
    mine: 'Mina (0)',
    none: 'Inga uppgifter stämmer',
    unit: 'Enhet',
    order: 'Ordning',
    newest: 'Nyast först',
    back: 'Mina uppgifter',
    save: 'Spara den här vyn',
    saveNow: 'Spara vyn',
    name: 'Namn på vyn',
    start: 'Börja med den här vyn',
    manage: 'Ändra vyer',
    rename: 'Byt namn',
    remove: 'Ta bort',
    days: /\d+ dagar försenad/,
    for: 'Ledig för Samordnare',
  },
  en: {
    whose: 'Whose tasks',
    when: 'When they are due',
    all: 'All I can do (3)',
    free: 'Free in my groups (3)',
    overdue: 'Overdue (3)',
    mine: 'Mine (0)',
    none: 'No tasks match',
    unit: 'Unit',
    order: 'Order',
    newest: 'Newest first',
    back: 'My tasks',
    save: 'Save this view',
    saveNow: 'Save the view',
    name: 'Name of the view',
    start: 'Begin with this view',
    manage: 'Change views',
    rename: 'Rename',
    remove: 'Remove',
    days: /\d+ days overdue/,
    for: 'Free for Coordinator',
  },
};

const rowsOf = (page: Page) => page.locator('main li[data-task]');

async function pictures(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/results/${name}-1280.png`, fullPage: true });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `e2e/results/${name}-360.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`the list is narrowed, ordered, counted and named, and found as it was left, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    const rows = rowsOf(page);
    const whose = page.getByRole('navigation', { name: words.whose });
    const when = page.getByRole('navigation', { name: words.when });
    await expect(rows).toHaveCount(3);
    await expect(rows.first().getByText(words.days)).toBeVisible();
    await expect(rows.first().getByText(words.for)).toBeVisible();
    await expect(rows.last()).toContainText(/[A-ZÅÄÖ]\S+ [A-ZÅÄÖ]\S+2026-\d{6} · /);
    await expect(whose.getByRole('link', { name: words.all })).toHaveAttribute('aria-current', 'page');
    await expectAccessible(page, { targets: 44 });
    await pictures(page, `tasks-${language}`);

    await whose.getByRole('link', { name: words.free }).click();
    await when.getByRole('link', { name: words.overdue }).click();
    await page.getByLabel(words.order).selectOption({ label: words.newest });
    await expect(page).toHaveURL(/show=free.*when=overdue.*sort=created/);
    await expect(page.getByRole('heading', { level: 2, name: words.newest })).toBeVisible();
    await page.reload();
    await expect(rows).toHaveCount(3);

    // From a task the way back is to the same list, at the same place, on the same row.
    await page.setViewportSize({ width: 1280, height: 320 });
    const last = rows.last().getByRole('link');
    await last.scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => window.scrollY);
    await last.click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page).toHaveURL(/tasks\/.+show=free/);
    await page.getByRole('link', { name: words.back }).click();
    await expect(rows.last().getByRole('link')).toBeFocused();
    await expect(page).toHaveURL(/tasks\?show=free/);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(left);
    await page.setViewportSize({ width: 1280, height: 900 });

    await whose.getByRole('link', { name: words.mine }).click();
    await expect(page.getByText(words.none)).toBeVisible();
    await page.getByRole('button', { name: words.save }).click();
    await page.getByRole('button', { name: words.saveNow }).click();
    await expect(page.getByLabel(words.name)).toBeFocused();
    await expectAccessible(page, { targets: 44 });
    await pictures(page, `tasks-save-view-${language}`);
    await page.getByLabel(words.name).fill('A');
    await page.getByLabel(words.start).check();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'A', exact: true })).toHaveAttribute('aria-current', 'page');

    await page.goto('/');
    await expect(page).toHaveURL(/show=mine.*when=overdue.*sort=created/);
    await page.getByRole('button', { name: words.manage }).click();
    await expectAccessible(page, { targets: 44 });
    await pictures(page, `tasks-views-${language}`);
    await page.locator('main section li form input').fill('Mina sena');
    await page.getByRole('button', { name: words.rename }).click();
    await expect(page.getByRole('link', { name: 'Mina sena' })).toBeVisible();
    await page.getByRole('button', { name: words.remove }).click();
    await expect(page.getByRole('link', { name: 'Mina sena' })).toBeHidden();
    await page.goto('/');
    await expect(rows).toHaveCount(3);
  });
}

async function other(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: address, locale: 'sv-SE' });
  return context.newPage();
}

async function place(row: Locator): Promise<number | undefined> {
  return (await row.boundingBox())?.y;
}

test('what somebody else does is told without moving the list, and a note comes with the task', async ({
  page,
  browser,
  installation,
  signIn,
}) => {
  test.slow();
  await signIn(page, 'hedvig.holm');
  const rows = rowsOf(page);
  await expect(rows).toHaveCount(3);
  const addresses = await rows.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const before = await Promise.all([place(rows.first()), place(rows.last())]);

  const ulla = await other(browser, installation.address);
  await signIn(ulla, 'ulla.udd');
  await rowsOf(ulla).first().getByRole('button', { name: /^Ta/ }).click();
  await rowsOf(ulla)
    .first()
    .getByRole('button', { name: /^Lämna över/ })
    .click();
  await ulla.getByRole('button', { name: 'Lämna över uppgiften' }).click();
  await expect(ulla.getByLabel('Vem ska ta över?')).toBeFocused();
  await expectAccessible(ulla, { targets: 44 });
  await pictures(ulla, 'tasks-hand-over');
  await ulla.getByLabel('Vem ska ta över?').selectOption({ label: 'Hedvig Holm' });
  await ulla.getByLabel('Meddelande').fill('Ring klienten först');
  await ulla.getByRole('button', { name: 'Lämna över uppgiften' }).click();
  await expect(ulla.getByText(/Inte längre din|Hedvig Holm har tagit den/).first()).toBeVisible();

  // Hedvig's list stands still, and says that there is more.
  const show = page.getByRole('button', { name: '1 ny uppgift – visa' });
  await expect(show).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Det har kommit nya uppgifter' })).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Mina (1)' })).toBeVisible();
  await expect(rows).toHaveCount(3);
  await ulla.goto(addresses[2] ?? '');
  await ulla.getByRole('button', { name: 'Ge till någon' }).click();
  await ulla.getByLabel('Vem ska ta över?').selectOption({ label: 'Rut Disk' });
  await ulla.getByRole('button', { name: 'Lämna över uppgiften' }).click();
  await expect(rows.last().getByText('Togs nyss')).toBeVisible();
  expect(await Promise.all([place(rows.first()), place(rows.last())])).toEqual(before);
  await expectAccessible(page, { targets: 44 });
  await pictures(page, 'tasks-news');

  await show.click();
  await expect(rows).toHaveCount(4);
  const given = rows.filter({ hasText: 'Ny i listan' });
  await expect(given.getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ulla Udd gav dig uppgiften')).toBeVisible();
  await expect(page.getByText('Ring klienten först')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await pictures(page, 'task-handed-over');

  async function giveToHugo(task: string): Promise<void> {
    await ulla.goto(task);
    await ulla.getByRole('button', { name: 'Ge till någon' }).click();
    await ulla.getByLabel('Vem ska ta över?').selectOption({ label: 'Hugo Hjelm' });
    await ulla.getByRole('button', { name: 'Lämna över uppgiften' }).click();
  }
  await giveToHugo(page.url());
  await expect(page.getByText('Uppgiften ligger inte längre hos dig')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lämna tillbaka' })).toBeHidden();

  // A server that was away is listened to again; an open task says who has it now.
  await page.goto(addresses[1] ?? '');
  await expect(page.getByRole('button', { name: 'Ta uppgiften' })).toBeVisible();
  await installation.kill();
  await installation.restart();
  await giveToHugo(addresses[1] ?? '');
  await expect(page.getByText('Hugo Hjelm har tagit uppgiften medan du hade den öppen')).toBeVisible({});
  await expectAccessible(page, { targets: 44 });
});
