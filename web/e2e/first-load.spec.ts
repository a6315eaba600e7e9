import type { Page, Request } from '@playwright/test';
import { expect, test } from './support/test.ts';

const MOST_BYTES = 200_000;
const MOST_REQUESTS = 40;

test('the coach’s list is there after at most 200 kB, headers and answers included, and all from one host', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'hedvig.holm', '/about/accessibility');
  const fresh = await page.context().newPage();
  const finished = await watch(fresh);
  await fresh.goto('/work/tasks');
  await expect(fresh.getByRole('heading', { level: 1 })).toHaveText('Mina uppgifter');
  const row = fresh.getByRole('listitem').filter({ has: fresh.locator('a[href^="/work/tasks/"]') });
  await expect(row.first()).toContainText('2026-');
  await expect(fresh.getByText('Nils Papper')).toBeVisible();

  expect([...new Set(finished.map((request) => new URL(request.url()).hostname))]).toEqual(['127.0.0.1']);
  expect(finished.map((request) => new URL(request.url()).pathname)).not.toContain('/api/v1/registers');
  expect(finished.length).toBeLessThanOrEqual(MOST_REQUESTS);
  const sizes = await Promise.all(finished.map((request) => request.sizes()));
  const bytes = sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes, 'bytes that came until the list was shown').toBeLessThanOrEqual(MOST_BYTES);
});

/** Everything that comes from now on, nothing of it out of a cache. */
async function watch(page: Page): Promise<Request[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const finished: Request[] = [];
  page.on('requestfinished', (request) => finished.push(request));
  return finished;
}
