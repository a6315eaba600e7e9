import type { Page } from '@playwright/test';
import { canonical } from '../src/design/drawing/canonical.ts';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { photograph } from './support/photograph.ts';
import { expect, test } from './support/test.ts';
import { undoAll } from './support/undo.ts';

test.slow();

interface Whole {
  draft: { revision: number };
  files: Record<string, string>;
}

const read = (page: Page, id: string) => new Api(page).read<Whole>(`/drafts/${id}`);

async function openDraft(page: Page, id: string): Promise<void> {
  await page.goto(`/design/drafts/${id}`);
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
}

/** The element in the middle of what is seen of it. */
async function middleOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const shape = page.locator(`[data-element-id=${id}]`).first();
  await shape.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await shape.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}

test('a package is what it was, to the letter, when every change is undone', async ({ page, signIn, inLanguage }) => {
  await inLanguage(page, 'en');
  await signIn(page, 'dora.ritare');
  for (const key of ['placement', 'coaching', 'client-pathway']) {
    const id = await new Api(page).draftOf(key);
    const before = await read(page, id);
    await openDraft(page, id);
    const rows = page.locator('main tbody tr');
    await rows.first().getByRole('combobox').selectOption('userTask');
    await rows.nth(4).getByRole('textbox').first().fill('Called something else');
    await rows
      .nth(6)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect.poll(async () => (await read(page, id)).files['process.bpmn']).toContain('Called something else');
    await undoAll(page);
    await expect.poll(async () => (await read(page, id)).files).toEqual(before.files);
    const now = await read(page, id);
    const [was, is] = [before, now].map(({ files }) => files['process.bpmn'] ?? '');
    expect(await page.evaluate(canonical, is ?? '')).toBe(await page.evaluate(canonical, was ?? ''));
  }
});

test('FEEL that is wrong is told while one writes; a signal is declared, named and chosen; nothing typed is lost in a reload', async ({
  page,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'en');
  await signIn(page, 'dora.ritare');
  const id = await new Api(page).draftOf('intake');
  const before = await read(page, id);
  await openDraft(page, id);
  await page.route('**/api/v1/drafts/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  const title = page.locator('#property_title');
  await title.fill('= "Errand " +');
  await expect(title).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#property_title__error')).toContainText('is not FEEL');
  await expect(title).toHaveValue('= "Errand " +');
  await expectAccessible(page);
  await title.fill('= "Errand"');
  await expect(page.locator('#property_title__error')).toHaveCount(0);
  await page.unroute('**/api/v1/drafts/*');

  await page
    .getByRole('row', { name: /^Boundary event/ })
    .getByRole('button', { name: /^Show/ })
    .click();
  await page.locator('#property_trigger').selectOption('signal');
  await page.locator('#property_signal').selectOption({ label: 'A new signal' });
  await page.locator('#property_signalName').fill('office-closes');
  await expect(page.locator('#property_signal option:checked')).toHaveText('office-closes');
  await expect
    .poll(async () => (await read(page, id)).files['process.bpmn'])
    .toMatch(/<bpmn:signal [^>]*name="office-closes"/);
  await expectAccessible(page);
  await photograph(page, 'draft-signal');

  await page.locator('#property_name').fill('Typed just before');
  await page.reload();
  await expect(
    page
      .getByRole('row', { name: /^Boundary event/ })
      .getByRole('textbox')
      .first(),
  ).toHaveValue('Typed just before');
  await expect.poll(async () => (await read(page, id)).files['process.bpmn']).toContain('Typed just before');
  expect(before.files['process.bpmn']).not.toContain('office-closes');
});

test('connected by pointer; on a phone what can be added comes when asked for; an older copy on the device is offered', async ({
  page,
  installation,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'en');
  await signIn(page, 'dora.ritare');
  const { draft } = await new Api(page).write<{ draft: { id: string } }>('/drafts', { key: 'try-it', name: 'Prova' });
  await openDraft(page, draft.id);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Draft: Prova');
  await page.setViewportSize({ width: 360, height: 800 });
  const add = page.getByRole('button', { name: 'Add …' });
  await expect(page.getByRole('button', { name: 'Form', exact: true })).toBeHidden();
  await add.click();
  await expect(add).toHaveAttribute('aria-expanded', 'true');
  await expectAccessible(page, { targets: 44 });
  await page.getByRole('button', { name: 'One of several' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^One of several/ })).toBeVisible();
  await expect(add).toHaveAttribute('aria-expanded', 'false');
  await page.setViewportSize({ width: 1280, height: 900 });

  const id = (await page.locator('.djs-shape.selected').getAttribute('data-element-id')) ?? '';
  const from = await middleOf(page, 'first-step');
  await page.mouse.click(from.x, from.y);
  await page.getByRole('button', { name: 'Beside it, after a time' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Boundary event/ })).toBeVisible();
  await page.locator('.djs-context-pad .entry[title="Draw a flow to something else"]').click();
  const to = await middleOf(page, id);
  await page.mouse.move(to.x + 3, to.y, { steps: 6 });
  await page.mouse.click(to.x, to.y);
  const drawn = new RegExp(`<bpmn:sequenceFlow [^>]*targetRef="${id}"`);
  await expect.poll(async () => (await read(page, draft.id)).files['process.bpmn']).toMatch(drawn);
  await expect.poll(async () => (await read(page, draft.id)).files['process.bpmn']).toContain('boundaryEvent');
  await expect(page.getByText(/^Saved/)).toBeVisible();

  await installation.kill();
  await page
    .getByRole('row', { name: /^To do/ })
    .getByRole('textbox')
    .first()
    .fill('Never saved');
  await expect(page.getByText(/^The server does not answer/)).toBeVisible();
  const next = await page.context().newPage();
  await page.close();
  await installation.restart();
  await inLanguage(next, 'en');
  const { draft: now, files } = await read(next, draft.id);
  const changed = (files['process.bpmn'] ?? '').replace('Första steget', 'By somebody else');
  const { csrfToken } = await new Api(next).read<{ csrfToken: string }>('/session');
  const passed = await next.request.patch(`/api/v1/drafts/${draft.id}`, {
    data: { files: { 'process.bpmn': changed } },
    headers: { 'X-CSRF-Token': csrfToken, 'If-Match': `"${String(now.revision)}"` },
  });
  expect(passed.ok(), await passed.text()).toBe(true);
  await openDraft(next, draft.id);
  const offered = next.getByRole('alert').filter({ hasText: 'changes from' });
  await expect(offered).toBeVisible();
  await expectAccessible(next);
  await photograph(next, 'draft-older-copy');
  await offered.getByRole('button', { name: /^Go on with mine/ }).click();
  await expect(
    next
      .getByRole('row', { name: /^To do/ })
      .getByRole('textbox')
      .first(),
  ).toHaveValue('Never saved');
});
