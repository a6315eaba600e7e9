import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The system's Chromium where there is one, else the one that comes as a package (which JOURNEYS_BROWSER=packaged asks for). */
export async function findBrowser(): Promise<LaunchOptions> {
  const named = process.env.JOURNEYS_BROWSER;
  const installed = named === 'packaged' ? undefined : (named ?? INSTALLED.find((path) => existsSync(path)));
  if (installed) return { executablePath: installed, args: ['--no-sandbox'] };
  const { default: packaged } = await import('@sparticuz/chromium');
  // Its own arguments are for a cloud function: one process, and the browser's protections off.
  return { executablePath: await packaged.executablePath(), args: ['--no-sandbox', '--no-zygote'] };
}
