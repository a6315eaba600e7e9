/** Sending a change until an answer comes, so that it is done once: whatever became of the first request. */
import { ApiProblem } from '@/api/problem';
import { keepSending, readSending, type Sending } from '@/shared/drafts';

export const AGAIN_MS = 3000;
/** A change that nobody has answered for so long is not sent again by itself: what was typed is a draft. */
export const GIVEN_UP_MS = 60 * 60 * 1000;

interface Way<T> {
  user: string;
  what: string;
  body: unknown;
  request: (key: string) => Promise<T>;
  /** Called each time that no answer came. */
  onSilence: () => void;
  signal: AbortSignal;
}

/** The answer. Throws what the server says against it, and the signal's reason when the page goes away: then it goes on there. */
export async function sendOnce<T>({ user, what, body, request, onSilence, signal }: Way<T>): Promise<T> {
  for (;;) {
    try {
      return await tryOnce(user, what, body, request);
    } catch (problem) {
      if (!isSilence(problem)) throw problem;
    }
    onSilence();
    await pause(signal);
  }
}

/** Sends it one time. What nobody answers has the same key when it is sent again, by this page or the next. */
export async function tryOnce<T>(
  user: string,
  what: string,
  body: unknown,
  request: (key: string) => Promise<T>,
): Promise<T> {
  const before = underWay(user, what);
  const isSame = before && JSON.stringify(before.body) === JSON.stringify(body);
  const key = isSame ? before.key : newKey();
  keepSending(user, what, { key, body, since: isSame ? before.since : new Date().toISOString() });
  try {
    const answer = await request(key);
    keepSending(user, what, undefined);
    return answer;
  } catch (problem) {
    if (!isSilence(problem)) keepSending(user, what, undefined);
    throw problem;
  }
}

/** What was sent from this form, and never answered, before the page went away. */
export function underWay(user: string, what: string): Sending | undefined {
  const found = readSending(user, what);
  if (!found) return undefined;
  if (Date.now() - new Date(found.since).getTime() < GIVEN_UP_MS) return found;
  keepSending(user, what, undefined);
  return undefined;
}

/** No server, or something before it that answers in its place. */
export function isSilence(problem: unknown): boolean {
  return (
    problem instanceof TypeError || (problem instanceof ApiProblem && problem.status >= 502 && problem.code === '')
  );
}

/** Hexadecimal digits; also where the address is not https, and browsers give no UUID. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, AGAIN_MS);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
