import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { concerns, LiveStream, type Heard } from './live';

class Source extends EventTarget {
  readyState = 0;
  onerror: (() => void) | null = null;
  close(): void {
    this.readyState = 2;
  }
  send(name: string, items?: object[]): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(items ? { items } : {}) }));
  }
  fail(state: 0 | 2): void {
    this.readyState = state;
    this.onerror?.();
  }
}

const TASKS = { caseId: 'c-1', aspects: ['tasks'] };
const NOTES = { caseId: 'c-2', aspects: ['notes'] };

let sources: Source[];
let heard: Heard[];
let isSeen: boolean;
let stream: LiveStream;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  heard = [];
  isSeen = true;
  stream = new LiveStream(
    () => {
      sources.push(new Source());
      return sources.at(-1) as unknown as EventSource;
    },
    () => isSeen,
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const listen = () => stream.subscribe((one) => heard.push(one));
const newest = () => sources.at(-1) as Source;

it('is one stream for all who listen, and closed when nobody does', () => {
  const stops = [listen(), listen()];
  expect(sources).toHaveLength(1);
  newest().send('ready');
  newest().send('changes', [TASKS]);
  expect(heard).toEqual([[TASKS], [TASKS]]);
  stops.forEach((stop) => {
    stop();
  });
  expect(newest().readyState).toBe(2);
});

it('tells what comes close together at once', () => {
  listen();
  newest().send('changes', [TASKS]);
  newest().send('changes', [NOTES]);
  newest().send('changes', [TASKS]);
  expect(heard).toEqual([[TASKS]]);
  vi.advanceTimersByTime(2_000);
  expect(heard).toEqual([[TASKS], [NOTES, TASKS]]);
  vi.advanceTimersByTime(10_000);
  expect(heard).toHaveLength(2);
});

it('rests while the page is hidden, and reads everything anew afterwards', () => {
  listen();
  newest().send('ready');
  expect(heard).toEqual([]);
  isSeen = false;
  stream.look();
  expect(newest().readyState).toBe(2);
  isSeen = true;
  stream.look();
  expect(sources).toHaveLength(2);
  newest().send('ready');
  expect(heard).toEqual(['everything']);
});

it('leaves a broken line to the browser, and tries again where the browser gives up', () => {
  listen();
  newest().fail(0);
  vi.advanceTimersByTime(60_000);
  expect(sources).toHaveLength(1);
  newest().fail(2);
  vi.advanceTimersByTime(3_000);
  expect(sources).toHaveLength(2);
  newest().fail(2);
  vi.advanceTimersByTime(3_000);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(3_000);
  expect(sources).toHaveLength(3);
  newest().send('ready');
  expect(heard).toEqual(['everything']);
});

it('waits for a new session when the old one has ended', () => {
  listen();
  newest().send('signed-out');
  expect(newest().readyState).toBe(2);
  vi.advanceTimersByTime(3_000);
  expect(sources).toHaveLength(2);
});

it('knows what a change is about', () => {
  expect(concerns([TASKS, NOTES], 'tasks')).toBe(true);
  expect(concerns([TASKS, NOTES], 'tasks', 'c-2')).toBe(false);
  expect(concerns([NOTES], 'tasks')).toBe(false);
  expect(concerns('everything', 'tasks', 'c-2')).toBe(true);
});
