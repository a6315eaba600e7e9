/** A pathway from nothing: its own form and decision, drawn, checked, played, taken out as a zip, deployed; found again on the way. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test.slow();

const words = {
  create: 'Skapa utkastet',
  nameSv: 'Namn på svenska',
  forms: 'Formulär',
  newForm: 'Nytt formulär',
  key: 'Nyckel',
  titleSv: 'Rubrik på svenska',
  titleEn: 'Rubrik på engelska',
  makeForm: 'Skapa formuläret',
  keyBad: 'Skriv små bokstäver a–z',
  decisions: 'Beslut',
  newDecision: 'Nytt beslut',
  question: 'Frågan som beslutet svarar på',
  makeDecision: 'Skapa beslutet',
  result: 'Regel 1: Så result',
  back: 'Till processen Kontakt med skola',
  all: 'Alla processer',
  onTheWay: 'På väg, ännu inte driftsatta',
  open: 'Öppna utkastet till Kontakt med skola',
  add: ['Formulär', 'Regel'],
  data: 'Data',
  newName: 'Nytt namn',
  holds: 'Vad det får vara',
  addName: 'Lägg till',
  undeclared: /Deklarera det i data\.schema\.json/,
  one: 'Ett problem',
  scenarios: 'Scenarier',
  newScenario: 'Nytt scenario',
  make: 'Skapa',
  remove: 'Ta bort scenariot',
  removeNow: 'Ta bort',
  run: 'Spela upp scenarierna',
  passed: 'Scenariot gick som det skulle.',
  diagram: 'Diagram',
  deploy: 'Driftsätt',
  live: 'Version 1 gäller nu.',
};

test('a pathway from nothing, with a form and a decision of its own', async ({ page, signIn, inLanguage }, info) => {
  await inLanguage(page, 'sv');
  await signIn(page, 'dora.ritare', '/design/new');
  await page.getByLabel(words.nameSv).fill('Kontakt med skola');
  await page.getByRole('button', { name: words.create }).click();
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
  const tab = (name: string) => page.getByRole('main').getByRole('navigation').getByRole('link', { name, exact: true });

  await tab(words.forms).click();
  await page.getByText(words.newForm, { exact: true }).click();
  await page.getByRole('button', { name: words.makeForm }).click();
  await expect(page.getByText(words.keyBad)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel(words.key, { exact: true }).fill('school-contact');
  await page.getByLabel(words.titleSv).fill('Kontakt med skolan');
  await page.getByLabel(words.titleEn).fill('Contact with the school');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kontakt med skolan');
  await expect(page.locator('section[lang=sv]').getByLabel('Anteckning')).toBeVisible();
  await expect(page.locator('section[lang=en]').getByLabel('Note')).toBeVisible();

  await tab(words.decisions).click();
  await page.getByText(words.newDecision, { exact: true }).click();
  await page.getByLabel(words.question).fill('Vem tar emot?');
  await page.getByLabel(words.key, { exact: true }).fill('who-receives');
  await page.getByRole('button', { name: words.makeDecision }).click();
  await page.getByLabel(words.result).fill('"rector"');
  await expect(page.getByRole('status').getByText('"rector"')).toBeVisible();

  // Nothing of it is live, and it is found again all the same.
  await page.getByRole('link', { name: words.back }).click();
  await page.getByRole('link', { name: words.all }).click();
  await expect(page.getByRole('heading', { level: 2, name: words.onTheWay })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: words.open }).click();
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();

  const steps = page.locator('main tbody tr');
  await addAfter(page, 0, words.add[0] ?? '');
  await expect(page.locator('#property_name')).toHaveValue('');
  await expect.poll(() => offered(page, 'form')).toContain('school-contact');
  await page.locator('#property_name').fill('Ring skolan');
  await page.locator('#property_form').fill('school-contact');
  await page.locator('#property_groups').fill('coach');
  await addAfter(page, 1, words.add[1] ?? '');
  await expect.poll(() => offered(page, 'decision')).toEqual(['who-receives']);
  await page.locator('#property_name').fill('Vem tar emot?');
  await page.locator('#property_decision').fill('who-receives');
  await page.locator('#property_result').fill('receiver');
  await expect(steps).toHaveCount(5);
  expect(await inLine(page)).toBe(true);
  await expect(page.getByText(words.undeclared).first()).toBeVisible();
  await tab(words.data).click();
  for (const name of ['answer', 'receiver']) {
    await page.getByLabel(words.newName).fill(name);
    await page.getByRole('button', { name: words.addName, exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  }
  await expectAccessible(page);
  await tab(words.diagram).click();
  await expect(page.getByText(words.one, { exact: true })).toBeVisible();

  await tab(words.scenarios).click();
  for (const name of ['a-mistake', 'someone-answers']) {
    await page.getByLabel(words.newScenario).fill(name);
    await page.getByRole('button', { name: words.make, exact: true }).click();
    await expect(page.getByRole('textbox', { name: `scenarios/${name}.yaml` })).toBeVisible();
  }
  await page.getByRole('combobox').selectOption('scenarios/a-mistake.yaml');
  await page.getByRole('button', { name: words.remove }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: words.removeNow }).click();
  await expect(page.getByRole('textbox', { name: 'scenarios/someone-answers.yaml' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'a-mistake.yaml' })).toHaveCount(0);
  await page.getByRole('button', { name: words.run }).click();
  await expect(page.getByText(words.passed)).toBeVisible();

  await page.getByRole('link', { name: words.back }).click();
  const [zip] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  expect(zip.suggestedFilename()).toMatch(/^kontakt-med-skola-draft-\d+\.zip$/);
  await zip.saveAs(info.outputPath('new.zip'));
  await page.goBack();
  await tab(words.diagram).click();
  await page.getByRole('button', { name: words.deploy, exact: true }).click();
  await expect(page.getByText(words.live)).toBeVisible();
});

async function addAfter(page: Page, row: number, kind: string): Promise<void> {
  await page.locator('main tbody tr').nth(row).getByRole('combobox').selectOption({ label: kind });
  await expect(page.locator('#properties')).toContainText(kind);
}

/** What a field of the properties offers. */
function offered(page: Page, field: string): Promise<string[]> {
  return page
    .locator(`#property_${field}`)
    .evaluate((input) => [...((input as HTMLInputElement).list?.options ?? [])].map(({ value }) => value));
}

/** Whether the steps stand in one line from left to right, none upon another. */
async function inLine(page: Page): Promise<boolean> {
  const shapes = page.locator('.djs-shape[data-element-id]:not([data-element-id$=_label]) > .djs-visual');
  const boxes = await Promise.all((await shapes.all()).map((shape) => shape.boundingBox()));
  const sorted = boxes.flatMap((box) => box ?? []).sort((one, other) => one.x - other.x);
  const middles = sorted.map(({ y, height }) => y + height / 2);
  return (
    Math.max(...middles) - Math.min(...middles) < 30 &&
    sorted.every((box, index) => index === 0 || box.x > (sorted[index - 1]?.x ?? 0) + (sorted[index - 1]?.width ?? 0))
  );
}
