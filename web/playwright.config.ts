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
  timeout: process.env.SLOW === undefined ? 120_000 : 600_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: await findBrowser(),
  },
});
