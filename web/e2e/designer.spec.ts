import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    title: 'Processer',
    name: 'En dörr in',
    versions: 'Versioner av En dörr in',
    live: 'Version 1 gäller sedan',
    mark: '1 gäller',
  },
  en: {
    title: 'Processes',
    name: 'One door in',
    versions: 'Versions of One door in',
    live: 'Version 1 is live since',
    mark: '1 live',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`the designer sees what is live and on which version cases run, by keyboard, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
    const intake = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: words.name, exact: true }) });
    await expect(intake).toContainText(words.live);
    await expectAccessible(page);

    const versions = intake.getByRole('button', { name: words.versions });
    await versions.focus();
    await page.keyboard.press('Enter');
    await expect(versions).toHaveAttribute('aria-expanded', 'true');
    await expect(intake.getByRole('rowheader')).toHaveText([words.mark]);
    await expectAccessible(page);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `e2e/results/packages-${language}-${String(width)}.png` });
    }
  });
}
