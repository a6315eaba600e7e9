/** A package's way: looked at, compared, played, taken out, and in again; what is broken is refused and loses nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    name: 'En dörr in',
    show: 'Visa version 1',
    begin: 'Börja ett utkast från version 1',
    nothing: 'Inget är ändrat.',
    changed: 'Klart senast: var ”P5BD”, är ”P6BD”.',
    run: 'Spela upp scenarierna',
    passed: 'Alla 2 scenarier gick som de skulle.',
    failed: '1 av 2 scenarier gick inte som de skulle.',
    stopped: 'Stannade här',
    unreached: 'Det här har inget scenario nått',
    source: 'Scenariernas källa',
    scenario: 'Scenario',
    line: /^Rad \d+:$/,
    take: 'Ta in filen',
    none: 'Välj en zip-fil först.',
    broken: 'ingen zip-fil',
    outside: 'sökvägen går uppåt',
    taken: 'Processen har redan ett utkast',
    into: 'Ta in som',
    done: 'Utkastet till intake är intaget',
    why: 'Varför?',
    retire: 'Låt inga nya ärenden börja',
    restore: 'Låt nya ärenden börja igen',
    retired: 'Inga nya ärenden börjar längre.',
    restored: 'Nya ärenden börjar igen.',
  },
  en: {
    name: 'One door in',
    show: 'Show version 1',
    begin: 'Begin a draft from version 1',
    nothing: 'Nothing has changed.',
    changed: 'Due: was “P5BD”, is “P6BD”.',
    run: 'Play the scenarios',
    passed: 'All 2 scenarios went as they should.',
    failed: '1 of 2 scenarios did not go as they should.',
    stopped: 'Stopped here',
    unreached: 'No scenario has reached this',
    source: 'The source of the scenarios',
    scenario: 'Scenario',
    line: /^Line \d+:$/,
    take: 'Take the file in',
    none: 'Choose a zip file first.',
    broken: 'no zip file',
    outside: 'the path goes up',
    taken: 'The process has a draft already',
    into: 'Take it in as',
    done: 'The draft of intake is taken in',
    why: 'Why?',
    retire: 'Let no new cases begin',
    restore: 'Let new cases begin again',
    retired: 'No new cases begin any more.',
    restored: 'New cases begin again.',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`a package is compared, played, taken out and in, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }, info) => {
    test.setTimeout(600_000);
    const pictured = (name: string) => takePictures(page, `${name}-${language}`);
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare', '/design');
    await page.getByRole('link', { name: words.name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.name);
    await expectAccessible(page);
    await pictured('package');

    await page.getByLabel(words.why).fill('Ses över');
    await page.getByRole('button', { name: words.retire }).click();
    await expect(page.getByText(words.retired, { exact: true })).toBeVisible();
    await page.getByLabel(words.why).fill('Klart');
    await page.getByRole('button', { name: words.restore }).click();
    await expect(page.getByText(words.restored, { exact: true })).toBeVisible();

    await page.getByRole('link', { name: words.show }).click();
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expectAccessible(page);
    const zip = await download(page, info.outputPath('intake.zip'));

    const draft = await new Api(page).draftOf('intake');
    await page.goto(`/design/drafts/${draft}/difference`);
    await expect(page.getByText(words.nothing)).toBeVisible();
    const { files } = await new Api(page).read<{ files: Record<string, string> }>(`/drafts/${draft}`);
    const scenario = 'scenarios/not-reached.yaml';
    await change(page, draft, {
      'process.bpmn': (files['process.bpmn'] ?? '')
        .replace('stegvis:due="P5BD"', 'stegvis:due="P6BD"')
        .replace(/<bpmn:boundaryEvent id="[^"]+" name="/, '$&Nu: '),
    });
    await page.reload();
    await expect(page.getByText(words.changed)).toBeVisible();
    await expect(page.locator('[data-diagram=drawn]')).toHaveCount(2);
    await expectAccessible(page);
    await pictured('difference');

    await page.goto(`/design/drafts/${draft}/scenarios`);
    await page.getByRole('button', { name: words.run }).click();
    await expect(page.getByText(words.passed)).toBeVisible();
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expect(page.getByRole('heading', { name: words.unreached })).toBeVisible();
    await expectAccessible(page);
    await pictured('scenarios');
    const sources = page.getByRole('region', { name: words.source });
    await sources.getByLabel(words.scenario, { exact: true }).selectOption(scenario);
    const source = page.getByRole('textbox', { name: scenario });
    await source.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText((files[scenario] ?? '').replace(/^ends:[\s\S]*/m, 'nonsense: {}\n'));
    await expect(page.getByRole('button', { name: words.line }).first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('ControlOrMeta+a');
    // What is written in the last moment before they are played counts too.
    await page.keyboard.insertText((files[scenario] ?? '').replace(/^ends:[\s\S]*/m, 'ends: {state: failed}\n'));
    await page.getByRole('button', { name: words.run }).click();
    await expect(page.getByText(words.failed)).toBeVisible();
    await page.locator('details').first().locator('summary').click();
    await expect(page.getByText(words.stopped)).toBeVisible();
    await expectAccessible(page);
    await pictured('scenarios-failed');

    await page.goto('/design/import');
    await page.getByRole('button', { name: words.take }).click();
    await expect(page.getByText(words.none)).toBeVisible();
    await expectAccessible(page);
    const garbage = { name: 'intake.zip', mimeType: 'application/zip', buffer: Buffer.from('PK but no zip') };
    await take(page, words.take, garbage);
    await expect(page.getByRole('alert')).toContainText(words.broken);
    const outside = Buffer.from(
      zip.toString('latin1').replaceAll('processes/intake/process', '../../../../../x/process'),
      'latin1',
    );
    await take(page, words.take, { ...garbage, buffer: outside });
    await expect(page.getByRole('alert')).toContainText(words.outside);
    await expectAccessible(page);
    await pictured('import-refused');

    const good = { ...garbage, buffer: zip };
    await take(page, words.take, good);
    await expect(page.getByText(words.taken)).toBeVisible();
    await page.getByLabel(words.into).selectOption(draft);
    await take(page, words.take, good);
    await expect(page.getByRole('heading', { name: words.done })).toBeVisible();
    await expectAccessible(page);
    await pictured('import');
    await page.goto(`/design/drafts/${draft}/difference`);
    await expect(page.getByText(words.nothing)).toBeVisible();
  });
}

async function download(page: Page, path: string): Promise<Buffer> {
  const [got] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  expect(got.suggestedFilename()).toBe('intake-1.zip');
  await got.saveAs(path);
  const content = readFileSync(path);
  writeFileSync(path, content);
  return content;
}

async function take(
  page: Page,
  button: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText(file.name, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: button }).click();
}

async function change(page: Page, draft: string, files: Record<string, string>): Promise<void> {
  const { csrfToken } = await new Api(page).read<{ csrfToken: string }>('/session');
  const answer = await page.request.patch(`/api/v1/drafts/${draft}`, {
    data: { files },
    headers: { 'X-CSRF-Token': csrfToken },
  });
  expect(answer.ok()).toBe(true);
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `e2e/results/${name}-${String(width)}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
