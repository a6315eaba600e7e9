import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const AUDITOR = 'arvid.granskare';
const WORDS = {
  sv: {
    cases: 'Granska ärenden',
    status: 'Läge',
    completed: 'Avslutat',
    checking: 'Historiken kontrolleras',
    intact: 'Historiken är oförändrad',
    what: 'Vad',
    rule: 'Regel',
    why: 'Varför det blev så',
    disclosure: /“Pröva sekretessen” gav/,
    saw: /^Det som Får uppgiften lämnas/,
    planItems: 'planens innehåll',
    written: /skrevs$/,
    change: /händelse 105/,
    answer: 'får lämnas med samtycke',
    replay: 'Spela upp förloppet',
    moment: 'Händelse',
    open: 'Öppna diagrammet',
    form: /Formuläret då/,
    data: 'Uppgifterna då',
    ofCase: 'Ärendets uppgifter',
    dossier: 'Akt för utskrift',
    incidents: 'Hinder',
    none: 'Ett ärende har stannat.',
  },
  en: {
    cases: 'Audit cases',
    status: 'Status',
    completed: 'Completed',
    checking: 'The history is being checked',
    intact: 'The history is unaltered',
    what: 'What',
    rule: 'Rule',
    why: 'Why it came out so',
    disclosure: /in “Check confidentiality” gave/,
    saw: 'What Check confidentiality saw',
    planItems: 'what is in the plan',
    written: /was written$/,
    change: /event 105/,
    answer: 'consent, OSL chapter 10, section 1 and chapter 12, section 2',
    replay: 'Replay',
    moment: 'Event',
    open: 'Open its diagram',
    form: /The form then/,
    data: 'The data then',
    ofCase: "The case's data",
    dossier: 'Dossier to print',
    incidents: 'Incidents',
    none: 'One case is stuck.',
  },
};

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/results/audit-${name}-1280.png`, fullPage: true });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `e2e/results/audit-${name}-360.png`, fullPage: true });
  if (before) await page.setViewportSize(before);
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`a closed case is found, read and taken out, in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.slow();
    await inLanguage(page, language);
    await signIn(page, AUDITOR);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.cases);
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(8);
    await expectAccessible(page);
    await picture(page, `cases-${language}`);
    await page.getByLabel(words.status, { exact: true }).selectOption({ label: words.completed });
    await expect(page).toHaveURL(/status=completed/);
    await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);

    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await expect(page.getByText(words.intact)).toBeVisible();
    await expect(page.locator('ol > li').first()).toBeVisible();
    await expectAccessible(page);
    await picture(page, `case-${language}`);
    await page.getByLabel(words.what, { exact: true }).selectOption({ label: words.rule });
    await page.getByText(words.why).first().click();
    await expectAccessible(page);
    // A decision is told in the designer's words: what it read, the rule that matched, and what that wrote.
    const disclosure = page.getByRole('listitem').filter({ hasText: words.disclosure });
    await disclosure.getByText(words.why).click();
    await expect(disclosure.getByRole('group', { name: words.saw })).toContainText(words.planItems);
    await disclosure.getByText(words.written).click();
    await expect(disclosure.getByRole('group', { name: words.change })).toContainText(words.answer);
    await expect(disclosure).not.toContainText(/allow-with-consent|\{"/);
    await picture(page, `rules-${language}`);

    await page.getByRole('link', { name: words.dossier }).click();
    await expect(page.locator('article ol > li').first()).toBeVisible();
    await expectAccessible(page);

    await page.goto('/audit/incidents');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.incidents);
    await expect(page.getByText(words.none)).toBeVisible();
    await expectAccessible(page);
  });

  test(`a checked history moves nothing under the pointer, in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    let answer = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/history/verification', (route) => isAsked.then(() => route.continue()));
    await signIn(page, AUDITOR, '/audit?number=2026-000002');
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await expect(page.getByText(words.checking)).toBeVisible();
    await expect(page.locator('[data-loading]')).toHaveCount(1);
    const replay = page.getByRole('link', { name: words.replay, exact: true });
    const top = async (width: number): Promise<number | undefined> => {
      await page.setViewportSize({ width, height: 800 });
      return (await replay.boundingBox())?.y;
    };
    const before = [await top(360), await top(1280)];
    answer();
    await expect(page.getByText(words.intact)).toBeVisible();
    expect([await top(360), await top(1280)]).toEqual(before);
  });

  test(`a case is replayed with the keys, in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.slow();
    await inLanguage(page, language);
    await signIn(page, AUDITOR, '/audit?number=2026-000002');
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await page.getByRole('link', { name: words.replay, exact: true }).click();
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expect(page.locator('.stegvis-badge').first()).toBeVisible();
    const slider = page.getByRole('slider', { name: words.moment, exact: true });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(page).toHaveURL(/at=1\b/);
    for (let step = 0; step < 11; step += 1) await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/at=12\b/);
    await expect(page.getByRole('heading', { name: words.form })).toBeVisible();
    await expect(page.getByRole('heading', { name: words.data })).toBeVisible();
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expectAccessible(page);
    await picture(page, `replay-${language}`);
    await slider.focus();
    await page.keyboard.press('End');
    await expect(page).toHaveURL(/at=\d{3}/);
    // Whatever is called the same is told apart.
    const headers = page.getByRole('group', { name: words.ofCase, exact: true }).getByRole('rowheader');
    await expect.poll(() => headers.count()).toBeGreaterThan(50);
    const names = await headers.allTextContents();
    expect(new Set(names).size).toBe(names.length);
    await page.getByRole('button', { name: words.open }).first().click();
    await expect(page).toHaveURL(/diagram=/);
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expect(page.locator('.stegvis-badge').first()).toBeVisible();
    await expectAccessible(page);
  });
}

for (const language of ['sv', 'en'] as const) {
  test(`a process is counted step by step, in ${language}`, async ({ page, signIn, inLanguage }) => {
    const words = {
      sv: {
        title: 'Processer i siffror',
        waiting: 'Väntar nu',
        median: 'Mediantid',
        unit: 'Enhet',
        which: 'Vilka ärenden',
        ended: 'Avslutade',
      },
      en: {
        title: 'Processes in numbers',
        waiting: 'Waiting now',
        median: 'Median time',
        unit: 'Unit',
        which: 'Which cases',
        ended: 'Ended',
      },
    }[language];
    await inLanguage(page, language);
    await signIn(page, AUDITOR, '/audit/statistics');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expect(page.locator('.stegvis-badge', { hasText: '▶' }).first()).toBeVisible();
    await expectAccessible(page);
    await picture(page, `statistics-${language}`);
    // The table tells what the marks tell, and sorts by any column, by keyboard.
    const row = (name: RegExp) => page.getByRole('row', { name });
    const header = page.getByRole('columnheader', { name: words.median });
    await expect(page.getByRole('columnheader', { name: words.waiting })).toHaveAttribute('aria-sort', 'descending');
    await header.getByRole('button').press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(/sort=median/);
    await header.getByRole('button').press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    // A called process has its own diagram, where each figure is that of its step.
    await row(language === 'sv' ? /^En dörr in/ : /^One door in/)
      .getByRole('button')
      .last()
      .click();
    await expect(page).toHaveURL(/diagram=intake/);
    const first = row(language === 'sv' ? /^Skriv in den första kontakten/ : /^Register the first contact/);
    await expect(first.getByRole('cell')).toHaveText(['0', '–', '0', '8', /^0 sek|^0 sec/, /^0 sek|^0 sec/]);
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel(words.which).selectOption({ label: words.ended });
    await expect(page).toHaveURL(/which=ended/);
    await expect(first.getByRole('cell').nth(3)).toHaveText('1');
    await page.reload();
    await expect(page.getByLabel(words.which)).toHaveValue('ended');
  });
}

test('the mark of bpmn.io is visible and nothing lies over it', async ({ page, signIn }) => {
  await signIn(page, AUDITOR, '/audit?number=2026-000002');
  await page.getByRole('main').getByRole('listitem').getByRole('link').click();
  await page.getByRole('link', { name: WORDS.sv.replay, exact: true }).click();
  const mark = page.locator('.bjs-powered-by');
  await mark.scrollIntoViewIfNeeded();
  await expect(mark).toBeVisible();
  const isOnTop = await mark.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && element.contains(there);
  });
  expect(isOnTop).toBe(true);
});

test('a case is taken out as files, and days that are none are told', async ({ page, signIn }) => {
  await signIn(page, AUDITOR);
  await page.getByText('Fler sätt att välja').press('Enter');
  await page.getByLabel('Började tidigast').fill('2026-13-40');
  await page.getByRole('button', { name: 'Välj dagar' }).click();
  await expect(page.getByText('Skriv en dag som ÅÅÅÅ-MM-DD')).toBeVisible();
  await expect(page.getByLabel('Började tidigast')).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel('Började tidigast').fill('2000-01-01');
  await page.getByRole('button', { name: 'Välj dagar' }).click();
  await expect(page).toHaveURL(/from=2000-01-01/);
  await page.getByLabel('Ärendenummer').fill('2026-000002');
  await page.getByRole('button', { name: 'Sök' }).click();
  await expect(page).toHaveURL(/number=/);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await page.getByRole('main').getByRole('listitem').getByRole('link').click();
  for (const [name, ending] of [
    ['JSON-fil', 'json'],
    ['CSV-fil för kalkylprogram', 'csv'],
  ] as const) {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`2026-000002.${ending}`);
    expect(readFileSync(await file.path(), 'utf8')).toContain('Rut Disk');
  }
});
