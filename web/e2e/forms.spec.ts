/** Every form of the content: drawn in both languages, accessible, and taking each of its examples. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const FORMS = readdirSync(join(import.meta.dirname, '../../forms'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('the list of forms is accessible in both languages', async ({ page, signIn }) => {
  await signIn(page, 'dora.ritare', '/design/forms');
  for (const other of ['In English', 'På svenska']) {
    await expect(page.getByRole('main').getByRole('row')).toHaveCount(FORMS.length + 1);
    await expectAccessible(page);
    await page.getByRole('button', { name: other }).click();
  }
});

test('each form is accessible in both languages, empty on one side and told what is wrong on the other', async ({
  page,
  signIn,
}) => {
  test.setTimeout(1_800_000);
  await signIn(page, 'dora.ritare', '/design/forms');
  for (const form of FORMS) {
    await page.goto(`/design/forms/${form}`);
    const frames = page.locator('main section');
    await expect(frames).toHaveCount(2);
    await frames.nth(1).locator('button[type=submit]').click();
    await expect(frames.nth(1).locator('[role=alert], [role=status] pre').first(), form).toBeVisible();
    await expectAccessible(page);
    const labels = await page.locator('main section').locator('legend, label').allInnerTexts();
    expect(
      labels.filter((label) => /^[a-z]\w*$/.test(label)),
      `${form}: names of properties instead of words`,
    ).toEqual([]);
  }
});

test('each example of each form is taken', async ({ page, signIn }) => {
  test.setTimeout(1_800_000);
  await signIn(page, 'dora.ritare', '/design/forms');
  for (const form of FORMS) {
    const examples = readdirSync(join(import.meta.dirname, '../../forms', form, 'examples'));
    for (const example of examples.filter((name) => name.endsWith('.json'))) {
      await page.goto(`/design/forms/${form}?language=sv&sample=${example.replace('.json', '')}`);
      await page.locator('main form button[type=submit]').click();
      await expect(page.locator('main [role=status] pre'), `${form} ${example}`).toBeVisible();
    }
  }
});
