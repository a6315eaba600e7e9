import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/support/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'e2e/results',
  globalSetup: './e2e/support/demo.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Generous: how fast a page is, is not for journeys to say, and a busy machine is no fault of the page.
  timeout: process.env.SLOW === undefined ? 240_000 : 900_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: await findBrowser(),
  },
});
