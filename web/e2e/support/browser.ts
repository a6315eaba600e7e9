import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The system's Chromium where there is one, else the one that comes as a package. STEGVIS_BROWSER names another. */
export async function findBrowser(): Promise<LaunchOptions> {
  const installed = [process.env.STEGVIS_BROWSER ?? '', ...INSTALLED].find((path) => path && existsSync(path));
  if (installed) return { executablePath: installed, args: ['--no-sandbox'] };
  const { default: packaged } = await import('@sparticuz/chromium');
  return { executablePath: await packaged.executablePath(), args: [...packaged.args] };
}
