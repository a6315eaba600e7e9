// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { AGAIN_MS, GIVEN_UP_MS, sendOnce, tryOnce, underWay } from './sendOnce';

const body = { submission: { note: 'Hej' } };

function way(request: (key: string) => Promise<string>, signal = new AbortController().signal) {
  return { user: 'hedvig', what: 'task-1', body, request, signal, onSilence: vi.fn() };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00.000Z') });
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends the same key until an answer comes, and then forgets it', async () => {
  const request = vi.fn((key: string) => Promise.resolve(`done ${String(key.length)}`));
  request.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  request.mockRejectedValueOnce(new ApiProblem(502, {}, new Headers()));
  const sending = way(request);
  const answer = sendOnce(sending);
  await vi.advanceTimersByTimeAsync(2 * AGAIN_MS);
  expect(await answer).toBe('done 32');
  expect(new Set(request.mock.calls.map(([key]) => key)).size).toBe(1);
  expect(sending.onSilence).toHaveBeenCalledTimes(2);
  expect(underWay('hedvig', 'task-1')).toBeUndefined();
});

it('tells what the server says against it, and takes a new key for the next', async () => {
  const no = new ApiProblem(422, { code: 'rejected' }, new Headers());
  const request = vi.fn<(key: string) => Promise<string>>(() => Promise.reject(no));
  await expect(sendOnce(way(request))).rejects.toBe(no);
  await expect(sendOnce(way(request))).rejects.toBe(no);
  const [first, second] = request.mock.calls.map(([key]) => key);
  expect(first).not.toBe(second);
});

it('goes on with the same key after a reload, for an hour', async () => {
  const page = new AbortController();
  const lost = vi.fn<(key: string) => Promise<string>>(() => Promise.reject(new TypeError('Failed to fetch')));
  const sent = sendOnce(way(lost, page.signal));
  const isGone = expect(sent).rejects.toBeDefined();
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  page.abort();
  await isGone;
  expect(underWay('hedvig', 'task-1')?.body).toEqual(body);
  const again = vi.fn<(key: string) => Promise<string>>(() => Promise.resolve('done'));
  await sendOnce(way(again));
  expect(again.mock.calls[0]).toEqual(lost.mock.calls[0]);
  localStorage.clear();
  const other = new AbortController();
  const given = expect(sendOnce(way(lost, other.signal))).rejects.toBeDefined();
  await vi.advanceTimersByTimeAsync(0);
  other.abort();
  await given;
  vi.setSystemTime(Date.now() + GIVEN_UP_MS);
  expect(underWay('hedvig', 'task-1')).toBeUndefined();
});

it('keeps the key of what nobody answered for the next time that somebody sends the same', async () => {
  const request = vi.fn((key: string) => Promise.resolve(key));
  request.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(tryOnce('hedvig', 'file case-1', ['a.pdf', 12], request)).rejects.toThrow(TypeError);
  await tryOnce('hedvig', 'file case-1', ['a.pdf', 12], request);
  await tryOnce('hedvig', 'file case-1', ['a.pdf', 12], request);
  const [first, second, third] = request.mock.calls.map(([key]) => key);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
