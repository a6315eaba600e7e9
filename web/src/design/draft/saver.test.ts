// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import type { Draft, WholeDraft } from '../drafts';
import { type Files, forgetLocal, Saver } from './saver';

const { saveFiles, readDraft } = vi.hoisted(() => ({ saveFiles: vi.fn(), readDraft: vi.fn() }));
vi.mock(import('../drafts'), async (original) => ({ ...(await original()), saveFiles, readDraft }));

const DRAFT = { id: 'd', key: 'intake', revision: 3, savedAt: '2026-11-22T09:00:00Z' } as Draft;
const FILE = 'decisions/route.dmn';
const overtaken = () => new ApiProblem(412, {}, new Headers());
const whole = (files: Record<string, string>, revision = 4) => ({ draft: { ...DRAFT, revision }, files }) as WholeDraft;

let text = '';
function saverOf(last: Files): Saver {
  return new Saver('dora', DRAFT, FILE, () => Promise.resolve({ [FILE]: text }), last);
}

function touched(last: Files): Saver {
  const saver = saverOf(last);
  saver.touch();
  return saver;
}

beforeEach(() => {
  localStorage.clear();
  saveFiles.mockReset().mockImplementation((_id, revision: number) => ({ ...DRAFT, revision: revision + 1 }));
  readDraft.mockReset();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('what nobody changed is not written, however it would be written now', async () => {
  text = 'the same, but indented';
  expect(await saverOf({ [FILE]: 'the same' }).flush()).toBe(true);
  expect(saveFiles).not.toHaveBeenCalled();
});

test('only what differs is sent, and nothing when nothing does', async () => {
  text = 'old';
  const saver = touched({ [FILE]: 'old' });
  expect(await saver.flush()).toBe(true);
  expect(saveFiles).not.toHaveBeenCalled();
  text = 'new';
  saver.touch();
  expect(await saver.flush()).toBe(true);
  expect(saveFiles.mock.calls).toEqual([['d', 3, { [FILE]: 'new' }]]);
  expect(saver.kept().revision).toBe(4);
});

test('somebody who saved another file is no obstacle', async () => {
  text = 'new';
  const saver = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(overtaken());
  readDraft.mockResolvedValue(whole({ [FILE]: 'old', 'process.bpmn': 'theirs' }, 9));
  expect(await saver.flush()).toBe(true);
  expect(saveFiles.mock.lastCall).toEqual(['d', 9, { [FILE]: 'new' }]);
});

test('somebody who saved the same file is not overwritten, and what was written stays on the device', async () => {
  text = 'mine';
  const saver = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(overtaken());
  readDraft.mockResolvedValue(whole({ [FILE]: 'theirs' }));
  expect(await saver.flush()).toBe(false);
  expect(saver.kept().state).toBe('conflict');
  expect(saveFiles).toHaveBeenCalledOnce();
  expect(Saver.left('dora', whole({ [FILE]: 'theirs' }), FILE)).toMatchObject({
    files: { [FILE]: 'mine' },
    isCurrent: false,
  });
});

test('what the server did not get is taken up again while nobody has changed the file', async () => {
  text = 'mine';
  const saver = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(new TypeError('away'));
  expect(await saver.flush()).toBe(false);
  saver.stop();
  expect(saver.kept().state).toBe('away');
  expect(Saver.left('dora', whole({ [FILE]: 'old' }), FILE)).toMatchObject({
    files: { [FILE]: 'mine' },
    isCurrent: true,
  });
  expect(Saver.left('dora', whole({ [FILE]: 'old' }), 'forms/x')).toBeUndefined();
});

test('what is written on after somebody else saved is part of what one chooses', async () => {
  text = 'mine';
  const saver = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(overtaken());
  readDraft.mockResolvedValue(whole({ [FILE]: 'theirs' }));
  await saver.flush();
  text = 'mine, and more';
  saver.touch();
  expect(await saver.mine()).toEqual({ [FILE]: 'mine, and more' });
  expect(saver.kept().state).toBe('conflict');
  expect(saveFiles).toHaveBeenCalledOnce();
  expect(Saver.left('dora', whole({ [FILE]: 'theirs' }), FILE)?.files).toEqual({ [FILE]: 'mine, and more' });
});

test('what others saved past stays on the device until one has chosen, whatever is written meanwhile', async () => {
  text = 'mine';
  const first = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(new TypeError('away'));
  await first.flush();
  first.stop();
  const theirs = whole({ [FILE]: 'theirs' });
  expect(Saver.left('dora', theirs, FILE)?.isCurrent).toBe(false);
  text = 'theirs, and more';
  expect(await touched({ [FILE]: 'theirs' }).flush()).toBe(true);
  expect(Saver.left('dora', whole({ [FILE]: text }), FILE)).toMatchObject({
    files: { [FILE]: 'mine' },
    isCurrent: false,
  });
  forgetLocal('dora', DRAFT, FILE);
  expect(Saver.left('dora', theirs, FILE)).toBeUndefined();
});

test('a draft that is gone is told as gone, and one that is asked to wait waits', async () => {
  text = 'new';
  const saver = touched({ [FILE]: 'old' });
  saveFiles.mockRejectedValueOnce(new ApiProblem(404, {}, new Headers()));
  expect(await saver.flush()).toBe(false);
  expect(saver.kept().state).toBe('gone');
  saveFiles.mockRejectedValueOnce(new ApiProblem(429, {}, new Headers()));
  await saver.flush();
  expect(saver.kept().state).toBe('away');
  saver.stop();
});

test('a text that cannot be written once is written the next time', async () => {
  let isBroken = true;
  const read = () => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve({ [FILE]: 'new' }));
  const saver = new Saver('dora', DRAFT, FILE, read, { [FILE]: 'old' });
  saver.touch();
  await expect(saver.flush()).rejects.toThrow('broken');
  isBroken = false;
  saver.touch();
  expect(await saver.flush()).toBe(true);
});

test('files that are at hand are kept on this device at once, before the pause is over', () => {
  const saver = saverOf({ [FILE]: 'old' });
  saver.keep({ [FILE]: 'new' });
  expect(saveFiles).not.toHaveBeenCalled();
  expect(Saver.left('dora', whole({ [FILE]: 'old' }), FILE)).toMatchObject({
    files: { [FILE]: 'new' },
    isCurrent: true,
  });
});
