import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: { begin: 'Börja ändra En dörr in', fine: 'Allt är i sin ordning.', problem: 'Ett problem' },
  en: { begin: 'Begin to change One door in', fine: 'Everything is in order.', problem: 'One problem' },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];
  test(`the designer draws a step by keyboard, which is saved and checked, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await page.getByRole('button', { name: words.begin }).click();
    await expect(page.getByRole('application')).toBeVisible();
    await expect(page.getByText(words.fine)).toBeVisible();
    await page.getByRole('application').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByText(words.problem, { exact: true })).toBeVisible();
    await page.screenshot({ path: `e2e/results/studio-${language}.png`, fullPage: true });
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `e2e/results/studio-${language}-360.png`, fullPage: true });
    await page.reload();
    await expect(page.getByText(words.problem, { exact: true })).toBeVisible();
  });
}
