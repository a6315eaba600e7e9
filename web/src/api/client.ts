/** The one way to the server: typed by the OpenAPI document, with the token for changes and the reader's language. */
import createClient from 'openapi-fetch';
import { ApiProblem, type ProblemDocument } from './problem';
import type { paths } from './schema';

type Language = 'sv' | 'en';
type SignInAgain = () => Promise<void>;

let csrfToken = '';
let language: Language = 'sv';
let signInAgain: SignInAgain | undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

export function setApiLanguage(told: Language): void {
  language = told;
}

/** What to do when a session has ended in the middle of the work: resolve once somebody is signed in again. */
export function onSessionEnd(again: SignInAgain | undefined): void {
  signInAgain = again;
}

/** Sends a request; one that meets an ended session waits for the new one and is sent again, so that nothing is lost. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(withHeaders(request));
  if (answer.status !== 401 || isAboutSession(request) || !(await isSignedInAgain())) return answer;
  return fetch(withHeaders(again));
}

/** Waits until somebody is signed in again; false where nobody can be asked to. */
export async function isSignedInAgain(): Promise<boolean> {
  await signInAgain?.();
  return signInAgain !== undefined;
}

function withHeaders(request: Request): Request {
  request.headers.set('Accept-Language', language);
  if (csrfToken && !['GET', 'HEAD'].includes(request.method)) request.headers.set('X-CSRF-Token', csrfToken);
  return request;
}

/** The headers of a change that is not sent by `api`. */
export function changeHeaders(): Record<string, string> {
  return { 'Accept-Language': language, ...(csrfToken && { 'X-CSRF-Token': csrfToken }) };
}

function isAboutSession(request: Request): boolean {
  return new URL(request.url).pathname === '/api/v1/session';
}

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data. Throws an ApiProblem for every other answer, and a TypeError when no server was reached. */
export async function ask<T>(pending: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await pending;
  if (!response.ok) throw new ApiProblem(response.status, asDocument(error), response.headers);
  return data as T;
}

function asDocument(error: unknown): Partial<ProblemDocument> {
  return typeof error === 'object' && error !== null ? error : {};
}
