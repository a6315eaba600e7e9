/** Much at once: a hundred and more tasks in the list, and a case that they all belong to. */
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { Colleague } from './support/colleague.ts';
import { expect, test } from './support/test.ts';

const CALLS = fileURLToPath(new URL('support/packages', import.meta.url));
const ALL = 130;

interface Task {
  task: { id: string; element: string };
}

test('a long list is paged, counted and kept still while others work in it', async ({
  page,
  browser,
  baseURL,
  signIn,
  installation,
}) => {
  test.slow();
  installation.run(['deploy', CALLS]);
  await signIn(page, 'rut.disk');
  const api = new Api(page);
  const begun = { process: 'calls', unit: 'hultsfred', submission: { calls: ALL } };
  const { id } = await api.write<{ id: string }>('/cases', begun);
  const before = await api.read<{ all: { open: number } }>('/tasks/counts');

  await page.goto('/work/tasks?process=calls');
  const rows = page.locator('main li[data-task]');
  await expect(rows).toHaveCount(25);
  await expect(rows.first()).toContainText('Ring (1)');
  await expect(page.getByRole('link', { name: `Alla jag kan göra (${String(ALL + 1)})` })).toBeVisible();
  expect(before.all.open).toBeGreaterThan(ALL);

  const more = page.getByRole('button', { name: 'Visa fler' });
  for (const shown of [50, 75]) {
    await more.click();
    await expect(rows).toHaveCount(shown);
  }
  // A colleague ends two of those shown and one further on: what is read stays where it is.
  await rows.nth(40).scrollIntoViewIfNeeded();
  const ids = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-task')));
  const [read, place] = [await ids(), await page.evaluate(() => window.scrollY)];
  const colleague = await Colleague.at(browser, baseURL ?? '', signIn, 'rut.disk');
  const { items } = await api.read<{ items: Task[] }>('/tasks?process=calls&limit=200');
  for (const index of [3, 41, 90])
    await colleague.does('POST', `/tasks/${items[index]?.task.id ?? ''}/complete`, { submission: { said: 'Hej' } });
  await expect(page.getByText('Avslutad')).toHaveCount(2);
  await expect(page.getByRole('link', { name: `Alla jag kan göra (${String(ALL - 2)})` })).toBeVisible();
  expect(await ids()).toEqual(read);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place);
  for (let shown = await rows.count(); shown < ALL; shown = await rows.count()) {
    await more.click();
    await expect.poll(() => rows.count()).toBeGreaterThan(shown);
  }
  await expect(more).toBeHidden();
  const whole = await ids();
  expect(new Set(whole).size).toBe(whole.length);
  expect(whole.slice(0, 75)).toEqual(read);
  expect(whole).toHaveLength(ALL);
  await expectAccessible(page, { targets: 44 });

  // The page of their case shows the first few, and all when asked.
  await page.goto(`/work/cases/${id}`);
  const now = page.getByRole('region', { name: 'Här står ärendet' });
  await expect(now.getByRole('link', { name: /^Ring \(/ }).first()).toBeVisible();
  expect(await now.getByRole('listitem').count()).toBeLessThan(15);
  await now.getByRole('button', { name: 'Visa alla' }).click();
  await expect(now.getByRole('link', { name: /^Ring \(/ })).toHaveCount(ALL - 3);
  await now.getByRole('button', { name: 'Visa färre' }).click();
  await expectAccessible(page, { targets: 44 });
});

test('activities of an ad-hoc sub-process are begun where its task is opened', async ({
  page,
  signIn,
  installation,
}) => {
  installation.run(['deploy', CALLS]);
  await signIn(page, 'rut.disk');
  const api = new Api(page);
  await api.write('/cases', { process: 'calls', unit: 'hultsfred', submission: { calls: 1 } });
  await page.goto('/work/tasks?process=calls');
  await page.getByRole('link', { name: 'Mer att göra' }).click();
  await expect(page.getByText('Tryck på Klart när inget mer ska göras.')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  for (const times of ['Börjad en gång', 'Börjad 2 gånger']) {
    await page.getByRole('button', { name: 'Börja: Skriv brev' }).click();
    await expect(page.getByText(times)).toBeVisible();
  }
  await expect(page.getByText('”Skriv brev” har börjat.')).toBeVisible();
  await expectAccessible(page, { targets: 44 });
  await page.screenshot({ path: 'e2e/results/ad-hoc-1280.png', fullPage: true });
  await page.getByRole('link', { name: 'Skriv brev' }).click();
  await page.getByRole('button', { name: 'Klart' }).click();
  await expect(page.getByText('”Skriv brev” är sparad.')).toBeVisible();
});
