/** What was typed before something else became newer: another version of the form, another draft on the server. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { Colleague } from './support/colleague.ts';
import { expect, test } from './support/test.ts';

const CALLS = fileURLToPath(new URL('support/packages', import.meta.url));
const SAVED = /^Sparat \d\d:\d\d\.$/;

interface FormFiles {
  properties: Record<string, unknown>;
  required: string[];
  fields: Record<string, { label: string }>;
}

/** The same content, where each form asks for a name and the start form no longer asks why. */
function newerContent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stegvis-newer-'));
  cpSync(CALLS, folder, { recursive: true });
  const change = (file: string, to: (told: FormFiles) => void) => {
    const path = join(folder, 'forms', file);
    const told = JSON.parse(readFileSync(path, 'utf8')) as FormFiles;
    to(told);
    writeFileSync(path, JSON.stringify(told));
  };
  for (const form of ['plan-calls', 'one-call']) {
    change(`${form}/schema.json`, ({ properties, required }) => {
      properties.caller = { type: 'string', maxLength: 100 };
      required.push('caller');
      delete properties.why;
    });
    for (const language of ['sv', 'en'])
      change(`${form}/texts.${language}.json`, ({ fields }) => {
        fields.caller = { label: 'Vem ringer?' };
        delete fields.why;
      });
  }
  const data = join(folder, 'processes/calls/data.schema.json');
  const schema = JSON.parse(readFileSync(data, 'utf8')) as FormFiles;
  schema.properties.caller = { type: 'string' };
  writeFileSync(data, JSON.stringify(schema));
  return folder;
}

test('a form that has changed since it was begun says so and loses nothing; an open task keeps its own', async ({
  page,
  signIn,
  installation,
}) => {
  test.slow();
  installation.run(['deploy', CALLS]);
  await signIn(page, 'rut.disk');
  await new Api(page).write('/cases', { process: 'calls', unit: 'hultsfred', submission: { calls: 1 } });
  await page.goto('/work/tasks?process=calls');
  await page.getByRole('link', { name: 'Ring (1)' }).click();
  await page.getByLabel('Vad sa de?').fill('Hej');
  await expect(page.getByText(SAVED)).toBeVisible();
  const task = page.url();

  await page.goto('/work/start?process=calls&unit=hultsfred');
  await page.getByLabel('Hur många ska vi ringa?').fill('2');
  await page.getByLabel('Varför?').fill('Sommaren är slut');
  await expect(page.getByText(SAVED)).toBeVisible();
  const newer = newerContent();
  installation.run(['deploy', newer]);
  rmSync(newer, { recursive: true });

  // The page still has the form that was: what the server says of it brings the new one, with what was typed.
  await page.getByRole('button', { name: 'Börja ringa' }).click();
  await expect(page.getByText('Formuläret har ändrats sedan du började skriva')).toBeVisible();
  await expect(page.getByLabel('Vem ringer?')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Formuläret har ändrats sedan du började skriva')).toBeVisible();
  await expect(page.getByText('Sommaren är slut')).toBeVisible();
  await expect(page.getByLabel('Hur många ska vi ringa?')).toHaveValue('2');
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/form-changed-1280.png', fullPage: true });
  await page.getByLabel('Vem ringer?').fill('Rut');
  await page.getByRole('button', { name: 'Börja ringa' }).click();
  await expect(page).toHaveURL(/\/work\/cases\/[0-9a-f]+/);

  await page.goto(task);
  await expect(page.getByLabel('Vad sa de?')).toHaveValue('Hej');
  await expect(page.getByLabel('Vem ringer?')).toHaveCount(0);
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('”Ring (1)” är sparad.')).toBeVisible();
});

test('an older copy on this device stands beside a newer draft on the server', async ({
  page,
  browser,
  installation,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm');
  await page.getByRole('link', { name: 'Hjälp kartläggningen framåt' }).click();
  await page.route('**/draft', (route) => route.abort());
  await page.getByLabel('Anteckning').fill('Skrivet på bussen');
  await expect(page.getByText('Sparat på den här enheten')).toBeVisible();
  const address = page.url();
  await page.goto('about:blank');

  const other = await Colleague.at(browser, installation.address, signIn, 'hedvig.holm');
  await other.page.goto(address);
  await other.page.getByLabel('Anteckning').fill('Skrivet på kontoret');
  await expect(other.page.getByText(SAVED)).toBeVisible();
  await other.page.context().close();

  await page.unroute('**/draft');
  await page.goto(address);
  await expect(page.getByText('På den här enheten finns något du skrev')).toBeVisible();
  await expect(page.getByText('Skrivet på bussen')).toBeVisible();
  await expect(page.getByText('Skrivet på kontoret')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.getByRole('radio', { name: /^Skrivet på den här enheten/ }).check();
  await page.getByRole('button', { name: 'Fortsätt med mina val' }).click();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet på bussen');
  await expect(page.getByText(SAVED)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Anteckning')).toHaveValue('Skrivet på bussen');
});
