/** The pictures of docs/gallery.md, which `make gallery` takes anew. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { PAGES } from './pages.ts';

const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));
const FOLDER = `${DOCS}/images/gallery`;
const TALLEST = 2400;

/** Keeps a picture of the page as it stands, where pictures for the documentation are asked for. */
export async function keepForDocs(page: Page, name: string): Promise<void> {
  if (!process.env.GALLERY) return;
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 75,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: 1 },
  });
  await browser.detach();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.webp`, Buffer.from(data, 'base64'));
}

/** Writes the page that shows the pictures, where they were asked for. */
export function writeGallery(): void {
  if (!process.env.GALLERY) return;
  const shown = PAGES.map(({ name, about }) => {
    const [wide, narrow] = [1280, 360].map((width) => `images/gallery/${name}-sv-${String(width)}.webp`);
    return `## ${about}\n\n![${about}, on a screen](${wide ?? ''})\n\n![${about}, on a phone](${narrow ?? ''})\n`;
  });
  const before =
    '# Gallery\n\nEvery page of the web app in Swedish, 1280 and 360 pixels wide, with invented people. Made by `make gallery`.\n';
  writeFileSync(`${DOCS}/gallery.md`, [before, ...shown].join('\n'));
}
