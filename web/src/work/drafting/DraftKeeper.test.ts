import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { AGAIN_MS, DraftKeeper, LOCAL_PAUSE_MS, SERVER_PAUSE_MS } from './DraftKeeper';
import type { Copy, Places, ServerDraft } from './places';

const NOON = '2026-11-22T12:00:00.000Z';
const EARLIER = '2026-11-22T11:00:00.000Z';
const BEGUN = { values: {}, baseSequence: 7 };

function places(): { [name in keyof Places]: ReturnType<typeof vi.fn<Places[name]>> } {
  let saves = 0;
  return {
    hasRoom: vi.fn<Places['hasRoom']>(() => true),
    copies: vi.fn<Places['copies']>(() => []),
    keep: vi.fn<Places['keep']>(() => true),
    drop: vi.fn<Places['drop']>(() => undefined),
    dropCopy: vi.fn<Places['dropCopy']>(() => undefined),
    send: vi.fn<Places['send']>((values, baseSequence) => {
      saves += 1;
      return Promise.resolve({ values, baseSequence, savedAt: NOON, revision: `r${String(saves)}` });
    }),
    fetch: vi.fn<Places['fetch']>(() => Promise.resolve(undefined)),
  };
}

function server(note: string, revision: string): ServerDraft {
  return { values: { note }, baseSequence: 5, savedAt: EARLIER, revision };
}

function copy(note: string, seen: string, savedAt = NOON): Copy {
  return { id: `copy of ${note}`, origin: 'device', values: { note }, baseSequence: 4, savedAt, seen };
}

const no = (code: string, status = 412) => new ApiProblem(status, { code }, new Headers());

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOON) });
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps what is typed here at each pause and on the server soon after, and lets go of it here then', async () => {
  const at = places();
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'H' });
  keeper.change({ note: 'He' });
  expect(keeper.current().kept.where).toBe('typing');
  await vi.advanceTimersByTimeAsync(LOCAL_PAUSE_MS);
  expect(at.keep.mock.calls.map(([draft]) => [draft.values, draft.seen])).toEqual([[{ note: 'He' }, 'none']]);
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send.mock.calls).toEqual([[{ note: 'He' }, 7, 'none']]);
  expect(keeper.current().kept).toEqual({ where: 'server', at: NOON });
  expect(at.drop).toHaveBeenCalled();
  keeper.change({ note: 'Hej' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send.mock.lastCall).toEqual([{ note: 'Hej' }, 7, 'r1']);
});

it('sends one at a time, each going on from the one before', async () => {
  const at = places();
  let answer: (draft: ServerDraft) => void = () => undefined;
  at.send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'a' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  keeper.change({ note: 'ab' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send).toHaveBeenCalledTimes(1);
  answer(server('a', 'first'));
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send.mock.lastCall).toEqual([{ note: 'ab' }, 7, 'first']);
});

it('goes on asking a server that is away, and says where the draft lies meanwhile', async () => {
  const at = places();
  at.send.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'Hej' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('local');
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(keeper.current().kept.where).toBe('server');
});

it('says where the draft lies while the server does not answer, also of what is typed meanwhile', async () => {
  const at = places();
  let answer: (draft: ServerDraft) => void = () => undefined;
  at.send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'a' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS + AGAIN_MS);
  expect(keeper.current().kept.where).toBe('local');
  keeper.change({ note: 'ab' });
  expect(keeper.current().kept.where).toBe('typing');
  await vi.advanceTimersByTimeAsync(LOCAL_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('local');
  answer(server('a', 'first'));
  await vi.advanceTimersByTimeAsync(2 * SERVER_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('server');
});

it('says so when there is room nowhere, and from the beginning when the device keeps nothing', async () => {
  const at = places();
  at.hasRoom.mockReturnValue(false);
  at.send.mockRejectedValue(new TypeError('Failed to fetch'));
  at.keep.mockReturnValue(false);
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  expect(keeper.current().hasRoom).toBe(false);
  expect(keeper.keepNow()).toBe(true);
  keeper.change({ note: 'Hej' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('unsaved');
  expect(keeper.keepNow()).toBe(false);
});

it('does not ask again when the server says no, and says so', async () => {
  const at = places();
  at.send.mockRejectedValue(no('rejected', 422));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'x'.repeat(10) });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS + 3 * AGAIN_MS);
  expect(at.send).toHaveBeenCalledTimes(1);
  expect(keeper.current().kept).toMatchObject({ where: 'refused', code: 'rejected' });
});

it('takes up what this device has and the server has not, with what it was typed upon', async () => {
  const at = places();
  at.copies.mockReturnValue([copy('before the crash', 'r0')]);
  const keeper = new DraftKeeper(BEGUN, server('bef', 'r0'), at);
  keeper.takeUp();
  expect(keeper.current()).toMatchObject({ values: { note: 'before the crash' }, baseSequence: 4 });
  expect(at.dropCopy).toHaveBeenCalledWith('copy of before the crash');
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send).toHaveBeenCalledWith({ note: 'before the crash' }, 4, 'r0');
});

it('lets choose where the copy here does not go on from what the server has, older or newer', async () => {
  for (const savedAt of ['2026-11-22T10:00:00.000Z', NOON]) {
    const at = places();
    at.copies.mockReturnValue([copy('mine here', 'r0', savedAt), copy('same', 'r0', savedAt)]);
    const keeper = new DraftKeeper(BEGUN, server('same', 'r9'), at);
    keeper.takeUp();
    expect(keeper.current().values).toEqual({ note: 'same' });
    expect(keeper.current().other).toMatchObject({ values: { note: 'mine here' }, origin: 'device' });
    expect(at.dropCopy.mock.calls).toEqual([['copy of same']]);
    await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
    expect(at.send).not.toHaveBeenCalled();
    keeper.choose({ note: 'both' });
    expect(at.dropCopy).toHaveBeenLastCalledWith('copy of mine here');
    await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
    expect(at.send).toHaveBeenCalledWith({ note: 'both' }, 4, 'r9');
  }
});

it('overwrites nothing that was saved somewhere else: it shows both, and goes on from both when chosen', async () => {
  const at = places();
  at.send.mockRejectedValueOnce(no('precondition-failed'));
  at.fetch.mockResolvedValue(server('there', 'r5'));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'here' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(keeper.current().other).toMatchObject({ values: { note: 'there' }, origin: 'server' });
  expect(keeper.current().values).toEqual({ note: 'here' });
  await vi.advanceTimersByTimeAsync(3 * AGAIN_MS);
  expect(at.send).toHaveBeenCalledTimes(1);
  keeper.choose({ note: 'here' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send.mock.lastCall).toEqual([{ note: 'here' }, 5, 'r5']);
  expect(keeper.current()).toMatchObject({ kept: { where: 'server' }, other: undefined });
});

it('knows its own save again when only the answer was lost', async () => {
  const at = places();
  at.send.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockRejectedValueOnce(no('precondition-failed'));
  at.fetch.mockResolvedValue(server('here', 'r5'));
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'here' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS + AGAIN_MS);
  expect(keeper.current()).toMatchObject({ kept: { where: 'server', at: EARLIER } });
  expect(keeper.current().other).toBeUndefined();
});

it('saves anew when the draft that it went on from has been thrown away', async () => {
  const at = places();
  at.send.mockRejectedValueOnce(no('precondition-failed'));
  const keeper = new DraftKeeper(BEGUN, server('old', 'r1'), at);
  keeper.change({ note: 'here' });
  await vi.advanceTimersByTimeAsync(3 * SERVER_PAUSE_MS);
  expect(at.send.mock.lastCall).toEqual([{ note: 'here' }, 5, 'none']);
});

it('follows what another page of the same person saves, but never over what is being typed', () => {
  const keeper = new DraftKeeper(BEGUN, server('a', 'r1'), places());
  keeper.hear(server('from the other page', 'r2'));
  expect(keeper.current().values).toEqual({ note: 'from the other page' });
  keeper.change({ note: 'typed here' });
  keeper.hear(server('late', 'r3'));
  expect(keeper.current().values).toEqual({ note: 'typed here' });
});

it('keeps at once when the page goes away, sends at once when asked, and nothing more after it is sent for good', async () => {
  const at = places();
  const keeper = new DraftKeeper(BEGUN, undefined, at);
  keeper.change({ note: 'Hej' });
  expect(keeper.keepNow()).toBe(true);
  expect(at.keep).toHaveBeenCalledTimes(1);
  await keeper.flush();
  expect(at.send).toHaveBeenCalledTimes(1);
  keeper.change({ note: 'Hej!' });
  keeper.forget();
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send).toHaveBeenCalledTimes(1);
  expect(at.drop).toHaveBeenCalled();
});
