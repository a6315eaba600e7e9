import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { AGAIN_MS, DraftKeeper, LOCAL_PAUSE_MS, SERVER_PAUSE_MS, type Places } from './draftKeeper';

const NOON = '2026-11-22T12:00:00.000Z';

function places(): { [name in keyof Places]: ReturnType<typeof vi.fn<Places[name]>> } {
  return {
    read: vi.fn<Places['read']>(() => undefined),
    keep: vi.fn<Places['keep']>(() => true),
    drop: vi.fn<Places['drop']>(() => undefined),
    send: vi.fn<Places['send']>(() => Promise.resolve(NOON)),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOON) });
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps what is typed here at each pause and on the server soon after', async () => {
  const at = places();
  const keeper = new DraftKeeper({ values: {}, kept: { where: 'nowhere' } }, 7, at);
  keeper.change({ note: 'H' });
  keeper.change({ note: 'He' });
  expect(keeper.current().kept.where).toBe('typing');
  await vi.advanceTimersByTimeAsync(LOCAL_PAUSE_MS);
  expect(at.keep.mock.calls.map(([draft]) => draft.values)).toEqual([{ note: 'He' }]);
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send.mock.calls).toEqual([[{ note: 'He' }, 7]]);
  expect(keeper.current().kept).toEqual({ where: 'server', at: NOON });
});

it('goes on asking a server that is away, and says where the draft lies meanwhile', async () => {
  const at = places();
  at.send.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  const keeper = new DraftKeeper({ values: {}, kept: { where: 'nowhere' } }, 1, at);
  keeper.change({ note: 'Hej' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('local');
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(keeper.current().kept.where).toBe('server');
});

it('says so when there is room nowhere', async () => {
  const at = places();
  at.send.mockRejectedValue(new TypeError('Failed to fetch'));
  at.keep.mockReturnValue(false);
  const keeper = new DraftKeeper({ values: {}, kept: { where: 'nowhere' } }, 1, at);
  keeper.change({ note: 'Hej' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(keeper.current().kept.where).toBe('unsaved');
});

it('does not ask again when the server says no', async () => {
  const at = places();
  at.send.mockRejectedValue(new ApiProblem(422, {}, new Headers()));
  const keeper = new DraftKeeper({ values: {}, kept: { where: 'nowhere' } }, 1, at);
  keeper.change({ note: 'x'.repeat(10) });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS + 3 * AGAIN_MS);
  expect(at.send).toHaveBeenCalledTimes(1);
  expect(at.keep).toHaveBeenCalled();
});

it('takes up what this device has and the server has not', async () => {
  const at = places();
  at.read.mockReturnValue({ values: { note: 'before the crash' }, baseSequence: 1, savedAt: NOON });
  const older = { where: 'taken', at: '2026-11-22T11:00:00.000Z' } as const;
  const keeper = new DraftKeeper({ values: { note: 'bef' }, kept: older }, 1, at);
  keeper.takeUp();
  expect(keeper.current().values).toEqual({ note: 'before the crash' });
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send).toHaveBeenCalledWith({ note: 'before the crash' }, 1);
});

it('leaves alone what the server has newer', async () => {
  const at = places();
  at.read.mockReturnValue({ values: { note: 'old' }, baseSequence: 1, savedAt: '2026-11-22T11:00:00.000Z' });
  const keeper = new DraftKeeper({ values: { note: 'new' }, kept: { where: 'taken', at: NOON } }, 1, at);
  keeper.takeUp();
  expect(keeper.current().values).toEqual({ note: 'new' });
});

it('keeps at once when the page goes away, and nothing more after the task is done', async () => {
  const at = places();
  const keeper = new DraftKeeper({ values: {}, kept: { where: 'nowhere' } }, 1, at);
  keeper.change({ note: 'Hej' });
  keeper.keepNow();
  expect(at.keep).toHaveBeenCalledTimes(1);
  keeper.forget();
  await vi.advanceTimersByTimeAsync(SERVER_PAUSE_MS);
  expect(at.send).not.toHaveBeenCalled();
  expect(at.drop).toHaveBeenCalled();
});
