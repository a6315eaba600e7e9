import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

for (const language of ['sv', 'en'] as const) {
  test(`the list and a task are accessible in ${language}`, async ({ page, signIn, inLanguage }) => {
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/list-${language}.png`, fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `e2e/results/list-${language}-360.png`, fullPage: true });
    await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
    await expect(page.locator('form')).toBeVisible();
    await page.screenshot({ path: `e2e/results/task-${language}-360.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/task-${language}.png`, fullPage: true });
    await page.locator('form button[type=submit]').click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/task-wrong-${language}.png`, fullPage: true });
  });
}
