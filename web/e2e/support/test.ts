/** What every journey starts with: an installation of its own, and people who can sign in. */
import { test as base, expect, type Page } from '@playwright/test';
import { Installation, type Serving } from './stegvis.ts';

export const PASSWORD = 'stegvis-demo';

/** SLOW=1: every answer takes its time, so that whoever looks before the page is there is found out. */
const LONGEST_WAIT_MS = process.env.SLOW === undefined ? 0 : 1_000;

interface Fixtures {
  /** How the test's server is started, where that is not as usual. */
  serving: Serving;
  /** A server of the test's own, with the demonstration as it was made. */
  installation: Installation;
  signIn: (page: Page, name: string, to?: string) => Promise<void>;
  inLanguage: (page: Page, language: 'sv' | 'en') => Promise<void>;
}

export const test = base.extend<Fixtures>({
  serving: [{}, { option: true }],
  installation: async ({ serving }, use) => {
    const installation = await Installation.start(serving);
    await use(installation);
    await installation.stop();
  },
  baseURL: async ({ installation }, use) => {
    await use(installation.address);
  },
  context: async ({ context }, use) => {
    if (LONGEST_WAIT_MS > 0)
      await context.route('**/*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_WAIT_MS));
        await route.fallback();
      });
    await use(context);
  },
  page: async ({ page }, use) => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      // The browser notes every 4xx answer as an error of its own; those are the tests' business.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        wrong.push(`${page.url()}: ${message.text()}`);
    });
    await use(page);
    expect(wrong, 'errors in the console, and what the content policy stopped').toEqual([]);
  },
  signIn: async ({}, use) => {
    await use(async (page, name, to = '/') => {
      await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
      await page.locator('input[name=name]').fill(name);
      await page.locator('input[name=password]').fill(PASSWORD);
      await page.locator('form button[type=submit]').click();
      await expect(page).not.toHaveURL(/sign-in/);
      // The address changes before the page does.
      await expect(page.locator('input[name=password]')).toHaveCount(0);
      await page.locator('main h1').first().waitFor();
    });
  },
  inLanguage: async ({}, use) => {
    await use(async (page, language) => {
      await page.addInitScript((told) => {
        localStorage.setItem('stegvis.language', told);
      }, language);
    });
  },
});

export { expect };
