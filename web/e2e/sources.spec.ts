import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    process: 'En dörr in',
    begin: 'Börja ändra En dörr in',
    forms: 'Formulär',
    change: /^Ändra .+/,
    file: 'Filer',
    texts: 'Texter på svenska (texts.sv.json)',
    saved: /^Sparat/,
    line: /^Rad \d+:$/,
    stale: 'Här visas formuläret som det var',
    none: 'Inga problem i filen.',
  },
  en: {
    process: 'One door in',
    begin: 'Begin to change One door in',
    forms: 'Forms',
    change: /^Change .+/,
    file: 'Files',
    texts: 'Texts in Swedish (texts.sv.json)',
    saved: /^Saved/,
    line: /^Line \d+:$/,
    stale: 'This is the form as it was',
    none: 'No problems in the file.',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];
  test(`the designer changes a form of a draft and sees it as people will, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await page.getByRole('button', { name: words.begin }).click();
    await page.getByRole('main').getByRole('link', { name: words.forms, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${words.forms} .*${words.process}$`));
    await expectAccessible(page);
    await page.screenshot({ path: `e2e/results/draft-forms-${language}.png`, fullPage: true });

    await page.getByRole('button', { name: words.change }).first().click();
    await expect(page.getByText(words.none)).toBeVisible();
    await page.getByLabel(words.file).selectOption({ label: words.texts });
    const source = page.getByRole('textbox', { name: /texts\.sv\.json/ });
    const swedish = page.locator('section[lang=sv]');
    const before = await source.innerText();
    await source.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(before.replace(/"label": ?"[^"]*"/, '"label": "En ny fråga"'));
    await expect(swedish.getByText('En ny fråga').first()).toBeVisible();
    await expect(page.getByText(words.saved)).toBeVisible();
    await page.screenshot({ path: `e2e/results/draft-form-${language}.png`, fullPage: true });
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `e2e/results/draft-form-${language}-360.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 720 });

    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.insertText('oops');
    await expect(page.getByText(words.stale)).toBeVisible();
    const line = page.getByRole('button', { name: words.line }).first();
    await expect(line).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByText(words.saved)).toBeVisible();
    await page.reload();
    await expect(source).toContainText('oops');
    await source.focus();
    await page.keyboard.press('Tab');
    await expect(source).not.toBeFocused();
    await line.click();
    await expect(source).toBeFocused();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowDown');
    for (let left = 4; left > 0; left -= 1) await page.keyboard.press('Delete');
    await expect(page.getByText(words.none)).toBeVisible();
    await expect(swedish.getByText('En ny fråga').first()).toBeVisible();
  });
}

const RULES = {
  sv: {
    process: 'En dörr in',
    begin: 'Börja ändra En dörr in',
    decisions: 'Beslut',
    matched: /Regel 1 stämmer och ger/,
    cell: 'Regel 1: Så action',
    standing: 'Stämmer',
    view: 'Visa',
    saved: /^Sparat/,
  },
  en: {
    process: 'One door in',
    begin: 'Begin to change One door in',
    decisions: 'Decisions',
    matched: /Rule 1 matches and gives/,
    cell: 'Rule 1: Then action',
    standing: 'Matches',
    view: 'Show',
    saved: /^Saved/,
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = RULES[language];
  test(`the designer changes a rule of a decision and sees what it gives, in ${language}`, async ({
    page,
    signIn,
    inLanguage,
  }) => {
    await inLanguage(page, language);
    await signIn(page, 'dora.ritare');
    await page.getByRole('button', { name: words.begin }).click();
    await page.getByRole('main').getByRole('link', { name: words.decisions, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      new RegExp(`^${words.decisions} .*${words.process}$`),
    );
    await expectAccessible(page);
    await page.locator('a[href$="/decisions/identity"]').click();
    await page.getByLabel('personFacts.idType').fill('personnummer');
    await page.getByLabel('personFacts.numberValid').selectOption('true');
    await page.getByLabel('personFacts.birthDatePossible').selectOption('true');
    await expect(page.getByText(words.matched)).toBeVisible();
    await page.getByLabel(words.cell).fill('"ask"');
    await expect(page.getByRole('status').getByText('action: "ask"')).toBeVisible();
    await expect(page.getByRole('rowheader').filter({ hasText: '▶' })).toContainText(words.standing);
    await expect(page.getByText(words.saved)).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `e2e/results/decision-${language}.png`, fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `e2e/results/decision-${language}-360.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 720 });

    await page.getByLabel(words.view, { exact: true }).selectOption('table');
    const cell = page.locator('.dmn-decision-table-container td.output-cell').nth(1);
    await expect(cell).toContainText('"ask"');
    await cell.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('"wait"');
    await expect(page.getByRole('status').getByText('action: "wait"')).toBeVisible();
    const mark = page.locator('.bjs-powered-by');
    await mark.scrollIntoViewIfNeeded();
    await expect(mark).toBeInViewport();
    await page.screenshot({ path: `e2e/results/decision-table-${language}.png`, fullPage: true });
    await expectAccessible(page);
  });
}
