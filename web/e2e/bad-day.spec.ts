/** A bad day: many cases stand still for the same cause, and an operator mends them together. */
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { expect, test } from './support/test.ts';

const LETTERS = fileURLToPath(new URL('support/bad-day', import.meta.url));
const OPERATOR = 'ulla.udd';
const STUCK = 23;
const WORDS = {
  sv: {
    told: '24 hinder. De har 2 orsaker, den vanligaste först.',
    cause: '23 × Dela på portot',
    cases: 'De 23 ärendena',
    rest: 'De 22 ärendena',
    all: 'Försök igen med alla 23: Dela på portot',
    chosen: 'Försök igen med 2 valda: Dela på portot',
    reason: 'Skäl',
    lacks: 'Skriv varför.',
    send: 'Försök igen med alla 23',
    result: 'Så gick det: Dela på portot',
    solved: 'Ett hinder är löst. 22 gick inte den här gången heller.',
    still: 'Har stannat igen',
    step: 'Steg',
    name: 'Dela på portot',
    state: 'Läge',
    solvedOnes: 'Lösta',
    tried: /^Prövat 2 gånger: först/,
    reads: 'Rätta: Hur många brev?',
    correct: 'Rätta en uppgift',
    field: /Hur många brev/,
    correctNow: 'Rätta uppgiften',
    over: 'Hindret är undanröjt',
    none: 'Inget hinder passar valet.',
  },
  en: {
    told: '24 incidents. They have 2 causes, the most frequent first.',
    cause: '23 × Share the postage',
    cases: 'The 23 cases',
    rest: 'The 22 cases',
    all: 'Try all 23 again: Share the postage',
    chosen: 'Try 2 chosen again: Share the postage',
    reason: 'Reason',
    lacks: 'Write why.',
    send: 'Try all 23 again',
    result: 'How it went: Share the postage',
    solved: 'One incident is solved. 22 failed this time too.',
    still: 'Stuck again',
    step: 'Step',
    name: 'Share the postage',
    state: 'State',
    solvedOnes: 'Solved',
    tried: /^Tried 2 times: first/,
    reads: 'Correct: How many letters?',
    correct: 'Correct the data',
    field: /How many letters/,
    correctNow: 'Correct it',
    over: 'The incident is solved',
    none: 'No incident fits the choice.',
  },
};

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `e2e/results/bad-day-${name}-1280.png`, fullPage: true });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 800 });
  await expectAccessible(page);
  await page.screenshot({ path: `e2e/results/bad-day-${name}-360.png`, fullPage: true });
  if (before) await page.setViewportSize(before);
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`many cases are mended together with the keyboard, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
    installation,
  }) => {
    test.slow();
    installation.run(['deploy', LETTERS]);
    await inLanguage(page, language);
    await signIn(page, OPERATOR);
    const api = new Api(page);
    const order = { process: 'letters', unit: 'hultsfred', submission: { copies: 0 } };
    for (let made = 0; made < STUCK; made += 1) await api.write('/cases', order);

    await page.goto('/audit/incidents');
    await expect(page.getByRole('status').filter({ hasText: words.told })).toBeVisible();
    const group = page
      .getByRole('main')
      .locator('li')
      .filter({ has: page.getByRole('heading', { name: words.cause }) });
    await group.getByText(words.cases).press('Enter');
    await expect(group.getByRole('checkbox')).toHaveCount(STUCK);
    await expectAccessible(page);
    await picture(page, `list-${language}`);

    // The step is chosen in the address; what is put right beforehand is solved, and the rest says so.
    await page.getByLabel(words.step, { exact: true }).selectOption({ label: words.name });
    await expect(page).toHaveURL(/element=postage/);
    const { items } = await api.read<{ items: { case: { id: string } }[] }>('/incidents?process=letters&limit=1');
    await correct(page, items[0]?.case.id ?? '');
    await page.getByRole('button', { name: words.all }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words.send }).press('Enter');
    await expect(dialog.getByText(words.lacks)).toBeVisible();
    await expect(dialog.getByLabel(words.reason)).toBeFocused();
    await picture(page, `dialog-${language}`);
    await page.keyboard.type('Portot är tillbaka');
    await page.keyboard.press('Enter');
    const result = page.getByRole('region', { name: words.result });
    await expect(result).toBeFocused();
    await expect(result.getByText(words.solved)).toBeVisible();
    await expect(result.getByText(words.still)).toBeVisible();
    await picture(page, `result-${language}`);

    // Some of a group; nothing is done until it is said why.
    await page.getByText(words.rest).press('Enter');
    const boxes = page.getByRole('main').getByRole('checkbox');
    await expect(boxes).toHaveCount(STUCK - 1);
    await boxes.nth(0).press('Space');
    await boxes.nth(1).press('Space');
    await page.getByRole('button', { name: words.chosen }).press('Enter');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await result.getByRole('link').first().press('Enter');

    // One of those that failed again, explained: the data that it reads lead to the correction, which tries again at once.
    await expect(page.getByText(words.tried)).toBeVisible();
    await page.getByRole('button', { name: words.reads }).press('Enter');
    const mending = page.getByRole('region', { name: words.correct });
    await expect(mending).toBeFocused();
    await mending.getByRole('textbox', { name: words.field }).fill('4');
    await mending.getByLabel(words.reason).fill('Fel antal');
    await picture(page, `explained-${language}`);
    await mending.getByRole('button', { name: words.correctNow }).press('Enter');
    await expect(page.getByText(words.over)).toBeVisible();

    await page.goto('/audit/incidents?kind=no-flow');
    await expect(page.getByText(words.none)).toBeVisible();
    await page.getByLabel(words.state, { exact: true }).selectOption({ label: words.solvedOnes });
    await expect(page).toHaveURL(/solved=true/);
    await page.goto('/audit/incidents?solved=true&process=letters');
    await expect(page.getByRole('main').locator('li')).toHaveCount(2);
    await picture(page, `solved-${language}`);
  });
}

async function correct(page: Page, id: string): Promise<void> {
  const session = await page.request.get('/api/v1/session');
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const answer = await page.request.patch(`/api/v1/cases/${id}/data`, {
    data: { changes: { copies: 5 }, reason: 'Wrong number' },
    headers: { 'X-CSRF-Token': csrfToken },
  });
  expect(answer.status()).toBe(200);
}
