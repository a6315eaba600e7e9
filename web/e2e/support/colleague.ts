/** Somebody else at work at the same time, in a browser of their own. */
import type { Browser, Page } from '@playwright/test';
import { expect } from './test.ts';

export class Colleague {
  private constructor(
    readonly page: Page,
    private readonly token: string,
  ) {}

  static async at(
    browser: Browser,
    address: string,
    signIn: (page: Page, name: string) => Promise<void>,
    name: string,
  ): Promise<Colleague> {
    const page = await (await browser.newContext({ baseURL: address })).newPage();
    await signIn(page, name);
    const session = (await (await page.request.get('/api/v1/session')).json()) as { csrfToken: string };
    return new Colleague(page, session.csrfToken);
  }

  /** Does something that the API offers, and must succeed. */
  async does(method: 'POST' | 'PATCH' | 'PUT', path: string, data: unknown): Promise<unknown> {
    const headers = { 'X-CSRF-Token': this.token, Origin: new URL(this.page.url()).origin };
    const answer = await this.page.request.fetch(`/api/v1${path}`, { method, data, headers });
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  }
}

/** The id of the task whose page is open. */
export function taskOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function caseOf(page: Page): Promise<string> {
  const answer = await page.request.get(`/api/v1/tasks/${taskOf(page)}`);
  return ((await answer.json()) as { task: { caseId: string } }).task.caseId;
}
