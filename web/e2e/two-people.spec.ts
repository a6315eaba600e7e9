import { expectAccessible } from './support/accessible.ts';
import { caseOf, Colleague, taskOf } from './support/colleague.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    task: 'Stäm av planen',
    right: 'Stämmer planen?',
    yes: 'Ja',
    day: 'Vilken dag talade ni om den?',
    save: 'Spara',
    same: 'Någon annan ändrade samma uppgifter',
    mine: 'Ditt svar',
    theirs: /^Svaret från Ulla Udd, \d\d:\d\d$/,
    another: 'Skriv ett annat svar',
    decide: 'Spara med mina val',
    missing: 'Välj vad som ska gälla för Stämmer planen?.',
    meanwhile: 'Detta ändrades medan du skrev',
    done: 'Klart. ”Stäm av planen” är sparad.',
  },
  en: {
    task: 'Review the plan',
    right: 'Is the plan right?',
    yes: 'Yes',
    day: 'On which day did you talk about it?',
    save: 'Save',
    same: 'Somebody else changed the same answers',
    mine: 'Your answer',
    theirs: /^The answer from Ulla Udd, \d\d:\d\d$/,
    another: 'Write another answer',
    decide: 'Save with my choices',
    missing: 'Choose what should hold for Is the plan right?.',
    meanwhile: 'This changed while you were writing',
    done: 'Done. “Review the plan” is saved.',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`two people change the same answers: side by side, chosen by keyboard, sent, in ${language}`, async ({
    page,
    browser,
    installation,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'sune.sund');
    await page.getByRole('link', { name: words.task }).click();
    await page.getByRole('radio', { name: words.yes }).check();
    await page.getByLabel(words.day, { exact: true }).fill('2026-11-20');
    const ulla = await Colleague.at(browser, installation.address, signIn, 'ulla.udd');
    const hers = { stillRight: false, reviewedOn: '2026-11-18', whatChanged: ['ability'] };
    await ulla.does('PATCH', `/cases/${await caseOf(page)}/data`, { changes: { planReview: hers }, reason: 'Samtal' });
    await page.getByRole('button', { name: words.save, exact: true }).click();

    await expect(page.getByRole('heading', { name: words.same })).toBeFocused();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await expect(page.getByRole('radio', { name: words.theirs })).toHaveCount(2);
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/two-people-${language}-1280.png`, fullPage: true });
    await page.getByRole('button', { name: words.decide }).click();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectAccessible(page, { targets: 44 });
    await page.getByRole('link', { name: words.missing }).press('Enter');
    await expect(page.getByRole('radio', { name: words.mine }).first()).toBeFocused();
    await page.keyboard.press('Space');
    await page.getByRole('radio', { name: words.another }).last().check();
    await page.getByLabel(words.day, { exact: true }).fill('2026-11-19');
    await expectAccessible(page, { targets: 44 });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.screenshot({ path: `e2e/results/two-people-${language}-360.png`, fullPage: true });
    await page.getByRole('button', { name: words.decide }).press('Enter');

    await expect(page.getByText(words.done)).toBeVisible();
    await expect(page.getByRole('heading', { name: words.meanwhile })).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/meanwhile-${language}-360.png`, fullPage: true });
    const about = await page.request.get(`/api/v1/tasks/${taskOf(page)}`);
    const { task } = (await about.json()) as { task: { state: string; caseId: string } };
    expect(task.state).toBe('completed');
    const found = (await (await page.request.get(`/api/v1/cases/${task.caseId}`)).json()) as {
      data: { planReview: unknown };
    };
    expect(found.data.planReview).toEqual({ stillRight: true, reviewedOn: '2026-11-19', whatChanged: ['ability'] });
    await ulla.page.context().close();
  });
}

test('a colleague completes the task first: what I wrote is beside what was sent, until I throw it away', async ({
  page,
  browser,
  installation,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await page.getByLabel('Vad hindrar?').selectOption({ label: 'Vi hinner inte' });
  await page.getByLabel('Det är gjort nu').check();
  await page.getByLabel('Anteckning').fill('Jag ringer i morgon');
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();
  const ulla = await Colleague.at(browser, installation.address, signIn, 'ulla.udd');
  const task = taskOf(page);
  await ulla.does('POST', `/tasks/${task}/assign`, { to: 'ulla.udd' });
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('Ulla Udd har tagit uppgiften').first()).toBeVisible();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Jag ringer i morgon');
  await ulla.does('POST', `/tasks/${task}/complete`, { submission: { obstacle: 'client', action: 'done-now' } });

  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText(/Ulla Udd avslutade uppgiften/)).toBeVisible();
  const mine = page.getByRole('region', { name: 'Det du hade skrivit' });
  await expect(mine.getByText('Jag ringer i morgon')).toBeVisible();
  await expect(mine.getByText('Personen kan inte just nu')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/left-over-1280.png', fullPage: true });
  await page.reload();
  await expect(mine.getByText('Jag ringer i morgon')).toBeVisible();
  await mine.getByRole('button', { name: 'Släng det jag skrev' }).click();
  await expect(page.getByText('Det du skrev är borta.')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Ulla Udd avslutade uppgiften/)).toBeVisible();
  await expect(mine).toHaveCount(0);
  await ulla.page.context().close();
});

test('one person on two machines: neither draft overwrites the other', async ({
  page,
  browser,
  installation,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await page.getByLabel('Anteckning').fill('Skrivet vid skrivbordet');
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();
  const other = await Colleague.at(browser, installation.address, signIn, 'hedvig.holm');
  await other.page.goto(page.url());
  await expect(other.page.getByLabel('Anteckning')).toHaveValue('Skrivet vid skrivbordet');
  await other.page.getByLabel('Anteckning').fill('Skrivet på mobilen');
  await expect(other.page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();

  await page.getByLabel('Anteckning').fill('Skrivet vid skrivbordet, och mer');
  await expect(page.getByRole('heading', { name: 'Du har skrivit olika på två ställen' })).toBeFocused();
  await expect(page.getByText('Skrivet på mobilen')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/two-machines-1280.png', fullPage: true });
  await page.getByRole('radio', { name: 'Skriv ett annat svar' }).check();
  await page.getByLabel('Anteckning', { exact: true }).fill('Skrivet på båda');
  await page.getByRole('button', { name: 'Fortsätt med mina val' }).click();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet på båda');
  await expect(page.getByText(/^Sparat \d\d:\d\d\.$/)).toBeVisible();
  await other.page.context().close();
});
