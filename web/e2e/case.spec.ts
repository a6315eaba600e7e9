import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    cases: 'Ärenden',
    title: 'Klientväg',
    stands: 'Här står ärendet',
    next: 'Sedan kommer:',
    know: 'Det vi vet',
    details: 'Visa alla detaljer',
    start: 'Starta ärende',
  },
  en: {
    cases: 'Cases',
    title: 'Client pathway',
    stands: 'Where the case stands',
    next: 'Then comes:',
    know: 'What we know',
    details: 'Show every detail',
    start: 'Start a case',
  },
};

/** The diagram is there, and bpmn.io's mark is seen whole: its licence asks for that. */
async function expectDiagram(page: Page): Promise<void> {
  await expect(page.locator('[data-diagram=drawn] .stegvis-badge').first()).toBeVisible();
  const mark = page.locator('.bjs-powered-by');
  await mark.scrollIntoViewIfNeeded();
  await expect(mark).toBeVisible();
  const isFree = await mark.evaluate((link) => {
    const { left, top, width, height } = link.getBoundingClientRect();
    return link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isFree, 'something lies over the mark of bpmn.io').toBe(true);
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`a case is found and read, in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.slow();
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    await page.getByRole('link', { name: words.cases, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/cases-${language}-1280.png`, fullPage: true });

    await page.getByLabel(language === 'sv' ? 'Ärendenummer' : 'Case number').fill('2026-000003');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/number=2026-000003/);
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('main').getByRole('listitem')).toContainText('Tommy');
    await page.getByRole('link', { name: /2026-000003/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
    await expect(page.getByText('Tommy').first()).toBeVisible();
    const stands = page.getByRole('region', { name: words.stands });
    await expect(stands.getByRole('link')).toHaveCount(4);
    await expect(stands.getByText(words.next).first()).toBeVisible();
    await expectDiagram(page);
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/case-${language}-1280.png`, fullPage: true });

    const known = page.getByRole('region', { name: words.know }).locator('details');
    await known.first().locator('summary').click();
    await known.nth(1).locator('summary').click();
    const before = await page.getByRole('listitem').count();
    await page.getByLabel(words.details).check();
    await expect(page).toHaveURL(/details=true/);
    await expect.poll(() => page.getByRole('listitem').count()).toBeGreaterThan(before);
    await expectAccessible(page, { targets: 44 });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.screenshot({ path: `e2e/results/case-${language}-360.png` });
    await page.getByRole('region', { name: words.know }).locator('details').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: `e2e/results/answers-${language}-360.png` });
  });

  test(`a case is started from its form, in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    await signIn(page, 'rut.disk');
    await page.getByRole('link', { name: words.start }).click();
    await page.getByLabel(language === 'sv' ? 'Vilken enhet?' : 'Which unit?').selectOption({ index: 2 });
    await expect(page.locator('form')).toBeVisible();
    await expect(page.locator('form input[type=checkbox]')).not.toBeChecked();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/start-${language}-1280.png`, fullPage: true });

    await page.getByRole('combobox').last().fill('Am');
    await page.locator('form [role=option]').first().click();
    await page.reload();
    await expect(page.locator('form')).toBeVisible();
    await expect(page.locator('form').getByRole('combobox')).not.toHaveValue('');
    for (const box of await page.locator('form input[type=checkbox]').all()) await box.check();
    await page.locator('form button[type=submit]').click();
    await expect(page).toHaveURL(/\/work\/cases\/[0-9a-f]+/);
    await expect(page.getByRole('region', { name: words.stands }).getByRole('link').first()).toBeVisible();
    await expectDiagram(page);
  });
}

test('the case is told that the client moves', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm', '/work/cases?number=2026-000004');
  await page.getByRole('link', { name: /2026-000004/ }).click();
  await page.getByRole('button', { name: 'Klienten vill sluta' }).click();
  await page.getByRole('button', { name: 'Spara att klienten vill sluta' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/case-message-1280.png', fullPage: true });
  await page.getByLabel('Varför vill klienten sluta?').fill('Har fått arbete själv');
  await page.getByLabel('Klienten', { exact: true }).check();
  await page.getByRole('button', { name: 'Spara att klienten vill sluta' }).click();
  await expect(page.getByText('”Klienten vill sluta” är sparat')).toBeVisible();
  const stands = page.getByRole('region', { name: 'Här står ärendet' });
  await expect(stands.getByRole('link', { name: 'Tala med klienten' })).toBeVisible();
  await expectAccessible(page, { targets: 44 });

  await stands.getByRole('link', { name: 'Tala med klienten' }).click();
  await expect(page.getByRole('link', { name: 'Ärende 2026-000004 · Klientväg' })).toBeVisible();
  await expectAccessible(page, { targets: 44 });
});

test('the diagram of a called process is chosen, and stays in the address', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm', '/work/cases?number=2026-000003');
  await page.getByRole('link', { name: /2026-000003/ }).click();
  await page.getByLabel('Visa', { exact: true }).selectOption({ label: 'Coachning' });
  await expect(page).toHaveURL(/diagram=coaching/);
  await expect(page.getByRole('img', { name: /Diagram över Coachning/ })).toBeVisible();
  await expectDiagram(page);
  await page.reload();
  await expect(page.getByLabel('Visa', { exact: true })).toHaveValue('coaching');
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/case-called-1280.png', fullPage: true });
});

test('a case that is not there, and no case that fits', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm', '/work/cases?status=completed');
  await expect(page.getByText('Inga ärenden stämmer')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.getByRole('link', { name: 'Visa alla ärenden' }).click();
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  await page.goto('/work/cases/nowhere');
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a task is done on the page of its case, which stays', async ({ page, signIn }) => {
  await signIn(page, 'hedvig.holm');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await page.getByRole('link', { name: /^Ärende 2\d{3}-/ }).click();
  const task = page.getByRole('region', { name: 'Att göra nu' });
  await expect(task.getByRole('heading', { level: 3, name: 'Hjälp kartläggningen framåt' })).toBeVisible();
  const address = page.url();
  await task.getByLabel('Vad hindrar?').selectOption({ index: 1 });
  await task.getByLabel('Det är gjort nu').check();
  await task.getByRole('button', { name: 'Klart' }).click();
  await expect(task.getByText('”Hjälp kartläggningen framåt” är sparad.')).toBeVisible();
  await expect(task.getByRole('heading', { name: 'Nästa uppgift' })).toBeVisible();
  expect(page.url()).toBe(address);
  await expectAccessible(page, { targets: 44 });
});
