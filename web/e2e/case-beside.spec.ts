import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const WORDS = {
  sv: {
    search: 'Sök ärende',
    shown: 'Ett ärende visas.',
    none: 'Inga ärenden stämmer',
    task: 'Att göra nu',
    notes: 'Anteckningar',
    note: 'Ny anteckning',
    empty: 'Skriv något i anteckningen.',
    saveNote: 'Spara anteckningen',
    strike: 'Stryk anteckningen',
    struck: 'Struken av Hedvig Holm',
    files: 'Filer',
    add: 'Lägg till en fil',
    wrong: 'är av en sort som inte tas emot',
    content: 'Innehållet är inte det som namnet säger',
    added: '”Brev från skolan.txt” är sparad.',
    open: 'Öppna i ny flik: intyg.pdf',
    view: 'Visa Brev',
    remove: 'Ta bort Brev',
    removeSave: 'Ta bort filen',
    removed: '”Brev från skolan.txt” är borttagen.',
    told: 'tog bort filen “Brev från skolan.txt”. Skäl: Hör till någon annan.',
  },
  en: {
    search: 'Search cases',
    shown: 'One case is shown.',
    none: 'No case fits',
    task: 'To do now',
    notes: 'Notes',
    note: 'New note',
    empty: 'Write something in the note.',
    saveNote: 'Save the note',
    strike: 'Strike the note',
    struck: 'Struck by Hedvig Holm',
    files: 'Files',
    add: 'Add a file',
    wrong: 'is of a kind that is not taken',
    content: 'The content is not what .pdf says',
    added: '“Brev från skolan.txt” is saved.',
    open: 'Open in a new tab: intyg.pdf',
    view: 'Show Brev',
    remove: 'Remove Brev',
    removeSave: 'Remove the file',
    removed: '“Brev från skolan.txt” is removed.',
    told: 'removed the file “Brev från skolan.txt”. Reason: Hör till någon annan.',
  },
};

for (const language of ['sv', 'en'] as const) {
  const words = WORDS[language];

  test(`a case is searched, noted on and given files, in ${language}`, async ({ page, signIn, inLanguage }) => {
    test.slow();
    await inLanguage(page, language);
    await signIn(page, 'hedvig.holm');
    const field = page.getByRole('searchbox', { name: words.search });
    await field.fill('zzz');
    await field.press('Enter');
    await expect(page.getByText(words.none)).toBeVisible();
    await field.fill('skriv tom');
    await field.press('Enter');
    await expect(page.getByText(words.shown)).toBeVisible();
    await page.reload();
    await expect(page.getByText(words.shown)).toBeVisible();
    expect(page.url()).not.toContain('skriv');
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/search-${language}-1280.png`, fullPage: true });
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
    await expect(page.getByRole('region', { name: words.task })).toBeVisible();

    const notes = page.getByRole('region', { name: words.notes });
    await notes.getByRole('button', { name: words.saveNote }).click();
    await expect(notes.getByText(words.empty)).toBeVisible();
    await notes.getByLabel(words.note).fill('Ringde.\nIngen svarade.');
    await notes.getByRole('button', { name: words.saveNote }).click();
    await notes.getByRole('listitem').getByRole('button').click();
    await notes.getByRole('textbox').last().fill('Fel ärende');
    await notes.getByRole('button', { name: words.strike, exact: true }).click();
    await expect(notes.getByText(words.struck)).toBeVisible();

    const files = page.getByRole('region', { name: words.files });
    const pick = files.getByLabel(words.add);
    await pick.setInputFiles({ name: 'program.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
    await expect(files.getByText(words.wrong)).toBeVisible();
    await pick.setInputFiles({ name: 'intyg.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
    await expect(files.getByText(words.content)).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await pick.setInputFiles({ name: 'intyg.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    const alone = files.getByRole('link', { name: words.open });
    await expect(alone).toHaveAttribute('target', '_blank');
    const shown = await page.request.get(
      `/api/v1${(await alone.getAttribute('href'))?.slice('/work'.length) ?? ''}?inline=true`,
    );
    expect(shown.headers()['content-disposition']).toMatch(/^inline/);
    expect(shown.headers()['content-security-policy']).toMatch(/; sandbox$/);
    const letter = { name: 'Brev från skolan.txt', mimeType: 'text/plain', buffer: Buffer.from('Hej å ö\nVänligen') };
    await pick.setInputFiles(letter);
    await expect(files.getByText(words.added)).toBeVisible();
    await files.getByRole('button', { name: words.view }).click();
    await expect(files.getByText('Hej å ö')).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/case-beside-${language}-1280.png`, fullPage: true });
    await files.getByRole('button', { name: words.remove }).click();
    await files.getByRole('textbox').fill('Hör till någon annan');
    await page.setViewportSize({ width: 360, height: 800 });
    await files.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `e2e/results/case-files-${language}-360.png` });
    await files.getByRole('button', { name: words.removeSave }).click();
    await expect(files.getByText(words.removed)).toBeVisible();
    await expect(page.getByText(words.told).first()).toBeVisible();
    await page.reload();
    await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
    await expectAccessible(page, { targets: 44 });
    await page.screenshot({ path: `e2e/results/case-top-${language}-360.png` });
    await page.locator('.djs-container').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `e2e/results/case-diagram-${language}-360.png` });
  });
}
