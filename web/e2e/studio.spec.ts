import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: { begin: 'Börja ändra En dörr in' },
  en: { begin: /^Begin to change|^Start changing|^Change / },
};

for (const language of ['sv', 'en'] as const) {
  test(`the designer draws a step by keyboard, which is saved and checked, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await page.getByRole('button', { name: WORDS[language].begin }).first().click();
    await expect(page.getByRole('application')).toBeVisible();
    await page.getByRole('application').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/problem(s)?$/).first()).toBeVisible();
    await page.screenshot({ path: `e2e/results/studio-${language}.png`, fullPage: true });
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `e2e/results/studio-${language}-360.png`, fullPage: true });
  });
}
