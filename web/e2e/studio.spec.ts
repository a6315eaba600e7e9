import type { Page } from '@playwright/test';
import { canonical } from '../src/design/drawing/canonical.ts';
import { expectAccessible } from './support/accessible.ts';
import { photograph } from './support/photograph.ts';
import { expect, test } from './support/test.ts';
import { undoAll } from './support/undo.ts';

// Each walks a long way by single keys; a busy machine takes its time.
test.slow();

const WORDS = {
  sv: {
    newProcess: 'Ny process',
    name: 'Namn på svenska',
    create: 'Skapa utkastet',
    startable: 'Ärenden startas för hand',
    fine: 'Allt är i sin ordning.',
    problems: '2 problem',
    noForm: /Gå till .*utan namn/,
    form: 'Formulär',
    groups: 'Grupper som gör det',
    note: 'Vad har ändrats?',
    deploy: 'Driftsätt',
    live: 'Version 1 gäller nu.',
    otherLanguage: 'In English',
  },
  en: {
    newProcess: 'New process',
    name: 'Name in Swedish',
    create: 'Create the draft',
    startable: 'Cases are started by hand',
    fine: 'Everything is in order.',
    problems: '2 problems',
    noForm: /Go to .*without a name/,
    form: 'Form',
    groups: 'Groups that do it',
    note: 'What has changed?',
    deploy: 'Deploy',
    live: 'Version 1 is live now.',
    otherLanguage: 'På svenska',
  },
};

/** Presses Tab until something is reached, as one without a pointer does. */
async function tabTo(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'textbox' | 'combobox' | 'checkbox' | 'link',
): Promise<void> {
  const target = page.getByRole('main').getByRole(role, { name }).first();
  await expect(target).toBeVisible();
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(name)}`);
}

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];
  test(`by keyboard alone: a new process, a problem mended and a version that a coach meets, in ${language}`, async ({
    page,
    browser,
    installation,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await tabTo(page, words.newProcess, 'link');
    await page.keyboard.press('Enter');
    await tabTo(page, words.name, 'textbox');
    await page.keyboard.type('Prova en väg');
    await expect(page.locator('[name=key]')).toHaveValue('prova-en-vag');
    await expectAccessible(page);
    await photograph(page, `new-process-${language}`);
    await page.keyboard.press('Enter');

    const diagram = page.getByRole('application');
    await expect(diagram).toBeVisible();
    await expect(page.getByText(words.fine)).toBeVisible();
    await tabTo(page, words.startable, 'checkbox');
    await page.keyboard.press('Space');
    await diagram.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await expect(page.locator('[role=status]', { hasText: 'Första steget' })).toBeAttached();
    await page.keyboard.press('Enter');
    await expect(page.locator('#property_name')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Prata med hosten');
    await diagram.focus();
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByText(words.problems, { exact: true })).toBeVisible();
    await expectAccessible(page);
    await photograph(page, `studio-${language}`);

    await tabTo(page, words.noForm, 'button');
    await page.keyboard.press('Enter');
    const form = page.locator('#property_form');
    await expect(form).toBeFocused();
    await expect(form).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.type('contact-note');
    await tabTo(page, words.groups, 'combobox');
    await page.keyboard.type('coach');
    await expect(page.getByText(words.fine)).toBeVisible();
    await tabTo(page, words.note, 'textbox');
    await page.keyboard.type('Ett första försök.');
    await tabTo(page, words.deploy, 'button');
    await page.keyboard.press('Enter');
    await expect(page.getByText(words.live)).toBeVisible();

    const coach = await browser.newPage({ baseURL: installation.address });
    await inLanguage(coach, 'sv');
    await signIn(coach, 'hedvig.holm', '/work/start?process=prova-en-vag');
    const unit = coach.getByLabel('Vilken enhet?');
    await expect(unit).toBeVisible();
    if ((await unit.inputValue()) === '') await unit.selectOption({ index: 1 });
    await coach.getByRole('button', { name: 'Starta ärendet' }).click();
    await expect(coach.getByText('Prata med hosten').first()).toBeVisible();
    await coach.close();

    await page
      .getByRole('button', { name: words.otherLanguage })
      .or(page.getByText(words.otherLanguage))
      .first()
      .click();
    await expect(diagram).toHaveAttribute(
      'aria-label',
      language === 'sv' ? /^Diagram\. Alt and/ : /^Diagram\. Alt och/,
    );
    await expect(page.locator('[data-element-id=first-step]')).toHaveAttribute(
      'aria-label',
      language === 'sv' ? /^To do: Prata/ : /^Att göra: Prata/,
    );
  });
}

test('by pointer: dragged from the palette, appended, connected, undone; and nothing else of the package is changed', async ({
  page,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'en');
  await signIn(page, 'dora.ritare');
  const created = page.waitForResponse(
    (answer) => answer.url().endsWith('/drafts') && answer.request().method() === 'POST',
  );
  await page.getByRole('button', { name: 'Begin to change One door in' }).click();
  const { draft, files } = (await (await created).json()) as { draft: { id: string }; files: Record<string, string> };
  const shapes = page.locator('.djs-element.djs-shape');
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  const title = page.locator('#property_title');
  const saved = page.getByText(/^Saved \d\d:\d\d$/);
  const changing = page.getByText(/^Changed|^Saving/);
  const diagramOf = async (): Promise<string> => {
    const whole = (await (await page.request.get(`/api/v1/drafts/${draft.id}`)).json()) as {
      files: Record<string, string>;
    };
    return page.evaluate(canonical, whole.files['process.bpmn'] ?? '');
  };
  const was = await page.evaluate(canonical, files['process.bpmn'] ?? '');
  await title.fill('= "Other"');
  await expect(changing).toBeVisible();
  await expect(saved).toBeVisible();
  expect(await diagramOf()).not.toBe(was);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(changing).toBeVisible();
  await expect(saved).toBeVisible();
  expect(await diagramOf()).toBe(was);
  const before = await shapes.count();
  const canvas = page.locator('[data-diagram=drawn]');
  const { x, y, width, height } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

  await page.getByRole('button', { name: 'Form', exact: true }).hover();
  await page.mouse.down();
  await page.mouse.move(x + width * 0.3, y + height * 0.75, { steps: 8 });
  await page.mouse.move(x + width * 0.3 + 4, y + height * 0.75, { steps: 2 });
  await page.mouse.up();
  await expect(shapes).not.toHaveCount(before);
  await expect(page.getByRole('heading', { level: 2, name: /^Form/ })).toBeVisible();
  await page.getByLabel('Name (optional)', { exact: true }).fill('Drawn by hand');
  await expect(page.locator('.stegvis-problem').first()).toHaveText(/! error|▲ warning/);

  await page.locator('.djs-context-pad .entry[title="Add an end after"]').click();
  await expect(page.getByRole('heading', { level: 2, name: /^End/ })).toBeVisible();
  await page.keyboard.press('Escape');

  const mark = page.locator('.bjs-powered-by');
  await mark.scrollIntoViewIfNeeded();
  expect(
    await mark.evaluate((link) => {
      const box = link.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return box.width > 20 && top !== null && link.contains(top);
    }),
  ).toBe(true);

  await undoAll(page);
  await expect(shapes).toHaveCount(before);
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  await expect(saved).toBeVisible();
  // What lies over what may be drawn in another order: everything that is said is the same.
  expect((await diagramOf()).split('\n').sort()).toEqual(was.split('\n').sort());
});
