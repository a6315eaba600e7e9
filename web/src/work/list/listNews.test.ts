import { expect, it } from 'vitest';
import type { Task, TaskRow } from '../tasks';
import { markOf, newsOf } from './listNews';

const task = (id: string, change: Partial<Task> = {}) => ({ id, state: 'ready', claimedBy: null, ...change }) as Task;
const rows = (...ids: string[]) => ids.map((id) => ({ task: task(id) }) as TaskRow);
const ANNA = { id: 'anna', name: 'Anna Ek' };

it.each([
  { name: 'nothing new', shown: ['a', 'b'], now: ['a', 'b'], isWhole: true, added: 0 },
  { name: 'one between and one after', shown: ['a', 'b'], now: ['a', 'x', 'b', 'y'], isWhole: true, added: 2 },
  { name: 'what lies on the next page', shown: ['a', 'b'], now: ['x', 'a', 'b', 'c', 'd'], isWhole: false, added: 1 },
  { name: 'one gone and one come', shown: ['a', 'b'], now: ['x', 'b'], isWhole: true, added: 1 },
  { name: 'all others', shown: ['a'], now: ['x', 'y'], isWhole: false, added: 2 },
  { name: 'the first of an empty list', shown: [], now: ['x'], isWhole: true, added: 1 },
])('counts $name', ({ shown, now, isWhole, added }) => {
  expect(newsOf(rows(...shown), { rows: rows(...now), standing: [] }, isWhole).added).toBe(added);
});

it.each([
  { name: 'as it was', before: task('a'), now: task('a'), mark: undefined },
  {
    name: 'taken by somebody',
    before: task('a'),
    now: task('a', { claimedBy: ANNA, state: 'claimed' }),
    mark: 'taken',
  },
  { name: 'given back', before: task('a', { claimedBy: ANNA }), now: task('a'), mark: 'released' },
  { name: 'done', before: task('a'), now: task('a', { state: 'completed' }), mark: 'ended' },
  { name: 'withdrawn', before: task('a'), now: task('a', { state: 'cancelled' }), mark: 'ended' },
  { name: 'no longer to be seen', before: task('a'), now: undefined, mark: 'gone' },
])('marks a task that is $name', ({ before, now, mark }) => {
  const news = newsOf([], { rows: [], standing: now ? [now] : [] }, true);
  expect(markOf(before, news, 'me', new Set())).toBe(mark);
});

it('does not mark what one has done oneself', () => {
  const news = newsOf([], { rows: [], standing: [task('a', { claimedBy: ANNA })] }, true);
  expect(markOf(task('a'), news, 'anna', new Set(['a']))).toBeUndefined();
  expect(markOf(task('a'), news, 'anna', new Set())).toBe('given');
  expect(markOf(task('a'), undefined, 'me', new Set())).toBeUndefined();
});
