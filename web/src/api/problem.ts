import type { components } from './schema';

export type ProblemDocument = components['schemas']['ProblemDocument'];

/** An answer that says no (RFC 9457): `code` is stable, the texts are in the language that was asked for. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly title: string;
  readonly document: Partial<ProblemDocument>;

  constructor(
    readonly status: number,
    document: Partial<ProblemDocument>,
    readonly headers: Headers,
  ) {
    super(document.detail ?? document.title ?? `HTTP ${String(status)}`);
    this.name = 'ApiProblem';
    this.document = document;
    this.code = document.code ?? '';
    this.title = document.title ?? '';
  }
}
