import type { Page, Route } from '@playwright/test';
import type { components } from '@/api/schema';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const OPERATOR = 'ulla.udd';
const WORDS = {
  sv: {
    one: 'Ett ärende har stannat.',
    known: 'Uppgifterna som steget hade att gå på',
    gets: 'Det som steget får',
    again: 'Försök igen',
    failed: 'Det gick inte den här gången heller.',
    correct: 'Rätta en uppgift',
    which: 'Vilken uppgift',
    field: /^Samordnare/,
    correctNow: 'Rätta uppgiften',
    atOnce: 'Försök igen direkt efter rättelsen',
    corrected: /^Rättat: Samordnare/,
    reason: 'Skäl',
    solved: 'Hindret är undanröjt',
    past: 'Gå förbi',
    pastNow: 'Gå förbi steget',
    lacksWay: 'Välj var ärendet ska fortsätta.',
    lacksReason: 'Skriv varför.',
    goesOn: 'Ärendet fortsätter vid “Boka första mötet”.',
    skipped: /lät ärendet gå förbi “Lämna ärendet till samordnaren”. Skäl: Lämnat för hand/,
    typo: 'Felstavat konto',
    byHand: 'Lämnat för hand',
    notYours: 'Enhetens chef eller en administratör kan lösa det.',
    none: 'Inget ärende har stannat.',
    told: [
      /försökte igen, men det gick inte.*Skäl: Felstavat konto/,
      /rättade uppgifterna.*karin.kolmm → karin.kolm\. Skäl: Felstavat konto/,
      /undanröjdes\. Skäl: Felstavat konto/,
    ],
  },
  en: {
    one: 'One case is stuck.',
    known: 'The data that the step had to work with',
    gets: 'What the step gets',
    again: 'Try again',
    failed: 'It failed this time too.',
    correct: 'Correct the data',
    which: 'What to correct',
    field: /coordinator's sign-in/i,
    correctNow: 'Correct it',
    atOnce: 'Try again right after the correction',
    corrected: /^Corrected: /,
    reason: 'Reason',
    solved: 'The incident is solved',
    past: 'Go past it',
    pastNow: 'Go past the step',
    lacksWay: 'Choose where the case should go on.',
    lacksReason: 'Write why.',
    goesOn: 'The case goes on at “Book the first meeting”.',
    skipped: /let the case go past “Hand the case to the coordinator”. Reason: Handed over by hand/,
    typo: 'Account misspelt',
    byHand: 'Handed over by hand',
    notYours: 'The head of the unit or an administrator can solve it.',
    none: 'No case is stuck.',
    told: [
      /tried again in vain.*Reason: Account misspelt/,
      /corrected the data.*karin.kolmm → karin.kolm\. Reason: Account misspelt/,
      /was removed\. Reason: Account misspelt/,
    ],
  },
};

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/results/incidents-${name}-1280.png`, fullPage: true });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `e2e/results/incidents-${name}-360.png`, fullPage: true });
  if (before) await page.setViewportSize(before);
}

/** The step as though another way led out of it too, of which a case takes one. */
async function withAnotherWay(route: Route): Promise<void> {
  const answer = await route.fetch();
  const found = (await answer.json()) as components['schemas']['IncidentDetail'];
  const ways = [...found.ways, { flow: 'another', name: 'B', nameEn: 'B', to: 'C', toEn: 'C' }];
  await route.fulfill({ json: { ...found, ways, takesOne: true } });
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`an operator mends an incident with the keyboard, in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.slow();
    await inLanguage(page, language);
    await signIn(page, OPERATOR, '/audit/incidents');
    await expect(page.getByText(words.one)).toBeVisible();
    await expectAccessible(page);
    await picture(page, `list-${language}`);
    const stopped = page.getByRole('main').getByRole('listitem').getByRole('link');
    const number = (await stopped.textContent()) ?? '';
    expect(number).toMatch(/^\d{4}-\d{6}$/);
    await stopped.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
    await page.getByText(words.known).press('Enter');
    await expect(page.getByRole('group', { name: words.gets }).getByText('karin.kolmm')).toBeVisible();
    await expect(page.getByRole('group', { name: words.known }).getByText('karin.kolmm')).toBeVisible();
    await expectAccessible(page);
    await picture(page, `one-${language}`);

    // Trying again before anything is put right tells that it failed again.
    const again = page.getByRole('region', { name: words.again });
    await again.getByLabel(words.reason).fill(words.typo);
    await again.getByLabel(words.reason).press('Enter');
    await expect(again.getByText(words.failed)).toBeVisible();
    await expectAccessible(page);

    const correct = page.getByRole('region', { name: words.correct });
    const which = correct.getByLabel(words.which);
    const label = await which.locator('option').filter({ hasText: words.field }).textContent();
    await which.focus();
    await which.selectOption({ label: label ?? '' });
    const value = correct.getByLabel(words.field).last();
    await expect(value).toHaveValue('karin.kolmm');
    await expectAccessible(page);
    await picture(page, `correct-${language}`);
    await value.fill('karin.kolm');
    await correct.getByLabel(words.reason).fill(words.typo);
    await correct.getByLabel(words.atOnce).press('Space');
    await correct.getByRole('button', { name: words.correctNow }).press('Enter');
    await expect(correct.getByText(words.corrected)).toBeVisible();

    await again.getByLabel(words.reason).press('Enter');
    await expect(page.getByText(words.solved)).toBeVisible();
    await expectAccessible(page);
    await picture(page, `solved-${language}`);

    // The case's history tells it all, with the reasons.
    await page.goto(`/audit?number=${number}`);
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    for (const told of words.told) await expect(page.getByRole('listitem').filter({ hasText: told })).toBeVisible();
    await page.goto('/audit/incidents');
    await expect(page.getByText(words.none)).toBeVisible();
  });

  test(`an operator lets a case go past what is stuck, in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    await signIn(page, 'arvid.granskare', '/audit/incidents');
    const stopped = page.getByRole('main').getByRole('listitem').getByRole('link');
    const number = (await stopped.textContent()) ?? '';
    await stopped.click();
    await expect(page.getByText(words.notYours)).toBeVisible();
    await expect(page.getByRole('region', { name: words.past })).toHaveCount(0);
    const address = page.url();
    await page.context().clearCookies();
    await page.route('**/api/v1/incidents/*', withAnotherWay);
    await signIn(page, OPERATOR, new URL(address).pathname);
    const past = page.getByRole('region', { name: words.past });
    const pastNow = past.getByRole('button', { name: words.pastNow });

    // Where there are several ways, one is chosen: what lacks says so and has the focus, until it lacks no longer.
    await pastNow.press('Enter');
    await expect(past.getByRole('radio').first()).toBeFocused();
    await expect(past.getByText(words.lacksWay)).toBeVisible();
    await expect(past.getByText(words.lacksReason)).toBeVisible();
    await expectAccessible(page);
    await picture(page, `ways-${language}`);
    await page.keyboard.press('Space');
    await expect(past.getByText(words.lacksWay)).toHaveCount(0);
    await pastNow.press('Enter');
    await expect(past.getByLabel(words.reason)).toBeFocused();
    await page.keyboard.type(words.byHand);
    await expect(past.getByText(words.lacksReason)).toHaveCount(0);

    await page.unroute('**/api/v1/incidents/*');
    await page.reload();
    await expect(past.getByText(words.goesOn)).toBeVisible();
    await past.getByLabel(words.reason).fill(words.byHand);
    await pastNow.press('Enter');
    await expect(page.getByText(words.solved)).toBeVisible();
    await page.goto(`/audit?number=${number}`);
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await expect(page.getByRole('listitem').filter({ hasText: words.skipped })).toBeVisible();
  });
}
