import type { Page } from '@playwright/test';

interface List<T> {
  items: T[];
}

/** What the installation holds, asked for as whoever is signed in on the page. */
export class Api {
  constructor(private readonly page: Page) {}

  async firstTask(): Promise<string> {
    const { items } = await this.read<List<{ task: { id: string } }>>('/tasks?limit=1');
    return one(items).task.id;
  }

  /** The case in which the most has happened, of those that go on: an ended one may be as long, and nobody holds it. */
  async longestCase(): Promise<string> {
    const { items } = await this.read<List<{ id: string; revision: number }>>('/cases?status=active&limit=100');
    return one([...items].sort((a, b) => b.revision - a.revision)).id;
  }

  /** A draft of the process, begun from what is deployed unless there is one. */
  async draftOf(process: string): Promise<string> {
    const { items } = await this.read<List<{ id: string; key: string }>>('/drafts');
    const there = items.find(({ key }) => key === process);
    if (there) return there.id;
    const { draft } = await this.write<{ draft: { id: string } }>('/drafts', { key: process, version: 1 });
    return draft.id;
  }

  /** The same draft with a form of its own in it. */
  async draftWithForm(process: string, form: string): Promise<string> {
    const id = await this.draftOf(process);
    const { draft } = await this.read<{ draft: { forms: Record<string, unknown> } }>(`/drafts/${id}`);
    if (!(form in draft.forms)) await this.write(`/drafts/${id}/forms`, { key: form });
    return id;
  }

  /** A case that has stopped. */
  async firstIncident(): Promise<string> {
    const { items } = await this.read<List<{ incident: { id: string } }>>('/incidents?limit=1');
    return one(items).incident.id;
  }

  async read<T>(path: string): Promise<T> {
    const answer = await this.page.request.get(`/api/v1${path}`);
    if (!answer.ok()) throw new Error(`GET ${path} answered ${String(answer.status())}.`);
    return (await answer.json()) as T;
  }

  async write<T>(path: string, data: object): Promise<T> {
    const { csrfToken } = await this.read<{ csrfToken: string }>('/session');
    const answer = await this.page.request.post(`/api/v1${path}`, { data, headers: { 'X-CSRF-Token': csrfToken } });
    if (!answer.ok()) throw new Error(`POST ${path} answered ${String(answer.status())}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

function one<T>(items: T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('The demonstration has none.');
  return first;
}
