/** Takes back everything that was drawn. */
import { expect, type Page } from '@playwright/test';

/** Presses Undo until it says itself that nothing is left; a click that comes too late finds a button that does nothing. */
export async function undoAll(page: Page): Promise<void> {
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(async () => {
    await undo.evaluate((button: HTMLButtonElement) => {
      button.click();
    });
    expect(await undo.getAttribute('aria-disabled')).toBe('true');
  }).toPass({ intervals: [50] });
}
