import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { Api } from './support/api.ts';
import { Colleague } from './support/colleague.ts';
import { photograph } from './support/photograph.ts';
import { expect, test } from './support/test.ts';

test.slow();

test('two designers in one draft: what differs, a copy in the history, back to it, and the draft thrown away', async ({
  page,
  browser,
  installation,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'en');
  await signIn(page, 'dora.ritare');
  await page.getByRole('button', { name: 'Begin to change One door in' }).click();
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  const other = await browser.newPage({ baseURL: installation.address });
  await inLanguage(other, 'en');
  await signIn(other, 'dora.ritare', new URL(page.url()).pathname);
  const title = (one: Page) => one.locator('#property_title');
  await title(other).fill('= "Theirs"');
  await expect(other.getByText(/^Changed|^Saving/)).toBeVisible();
  await expect(other.getByText(/^Saved/)).toBeVisible();

  await title(page).fill('= "Mine"');
  await expect(page.getByText('Dora Ritare has saved the draft while you drew')).toBeVisible();
  await page.getByRole('button', { name: 'Show what differs' }).click();
  await expect(page.getByRole('list', { name: 'What is other in my changes' })).toHaveText(
    'Changed: Process En dörr in',
  );
  await expectAccessible(page);
  await photograph(page, 'draft-conflict');
  await page.getByRole('button', { name: 'Throw mine away …' }).click();
  const sure = page.getByRole('dialog', { name: 'Throw your changes away?' });
  await expectAccessible(page);
  await sure.getByRole('button', { name: 'Keep them' }).click();
  await expect(sure).toBeHidden();
  await title(page).fill('= "Mine, and more"');
  await page.getByRole('button', { name: 'Keep mine in the history' }).click();
  await expect(title(page)).toHaveValue('= "Theirs"');

  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('Copy beside the draft')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Copy beside' }).getByRole('link').click();
  await expect(page.getByText('Changed: Process En dörr in')).toBeVisible();
  await expect(page.locator('[data-diagram=drawn]')).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'draft-history');
  await page.getByRole('button', { name: 'Go back to this' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Draft: One door in');
  await expect(title(page)).toHaveValue('= "Mine, and more"');

  await page.getByRole('button', { name: 'Throw the draft away' }).click();
  const dialog = page.getByRole('dialog', { name: 'Throw the draft of “One door in” away?' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Keep the draft' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Throw the draft away' }).click();
  await dialog.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByRole('button', { name: 'Begin to change One door in' })).toBeVisible();
  await other.close();
});

test('two designers in one form: the other saves twice before one has chosen, and nothing that either typed is lost', async ({
  page,
  browser,
  installation,
  signIn,
  inLanguage,
}) => {
  await inLanguage(page, 'sv');
  await signIn(page, 'dora.ritare');
  const id = await new Api(page).draftWithForm('intake', 'register-contact');
  const path = 'forms/register-contact/texts.sv.json';
  await page.goto(`/design/drafts/${id}/forms/register-contact?file=texts.sv.json`);
  const source = page.getByRole('textbox', { name: /texts\.sv\.json/ });
  const before = await read(page, id, path);
  const other = await Colleague.at(browser, installation.address, signIn, 'dora.ritare');
  const say = (title: string) => before.replace(/"title": ?"[^"]*"/, `"title": "${title}"`);
  const write = async (text: string) => {
    await source.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  };
  await expect(source).toContainText('title');
  await other.does('PATCH', `/drafts/${id}`, { files: { [path]: say('Deras') } });
  await write(say('Min'));
  const asked = page.getByRole('alert').filter({ hasText: 'har sparat utkastet medan du' });
  await expect(asked).toBeVisible();
  await expectAccessible(page);
  await other.does('PATCH', `/drafts/${id}`, { files: { [path]: say('Deras igen') } });
  await asked.getByRole('button', { name: /^Fortsätt med mina/ }).click();
  await expect(page.getByText('har sparat igen')).toBeVisible();
  expect(await read(page, id, path)).toContain('Deras igen');
  await write(say('Min, och mer'));
  await asked.getByRole('button', { name: /^Fortsätt med mina/ }).click();
  await expect(asked).toBeHidden();
  await expect(source).toContainText('Min, och mer');
  expect(await read(page, id, path)).toContain('Min, och mer');

  // What this device has and the server never got is offered when somebody has saved past it.
  await page.route('**/api/v1/drafts/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  await write(say('Aldrig sparad'));
  await expect(page.getByText(/^Servern svarar inte/)).toBeVisible();
  await page.goto('/about/accessibility');
  await other.does('PATCH', `/drafts/${id}`, { files: { [path]: say('Deras till sist') } });
  await page.unroute('**/api/v1/drafts/*');
  await page.goto(`/design/drafts/${id}/forms/register-contact?file=texts.sv.json`);
  const older = page.getByRole('alert').filter({ hasText: 'som aldrig sparades' });
  await expect(source).toContainText('Deras till sist');
  await older.getByRole('button', { name: /^Fortsätt med mina/ }).click();
  await expect(source).toContainText('Aldrig sparad');
  await expect.poll(() => read(page, id, path)).toContain('Aldrig sparad');
});

async function read(page: Page, id: string, path: string): Promise<string> {
  return (await new Api(page).read<{ files: Record<string, string> }>(`/drafts/${id}`)).files[path] ?? '';
}
