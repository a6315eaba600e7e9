import { expect, it } from 'vitest';
import type { CaseDetail } from './cases';
import { callOf, standingOf } from './standing';

type Position = CaseDetail['positions'][number];

function position(path: string, kind: string, more: Partial<Position> = {}): Position {
  const element = path.split('.').at(-1) ?? path;
  const told = { token: path, path, element, name: element, nameEn: element, kind, since: null, loopCounter: null };
  return { ...told, data: {}, ahead: [], ...more };
}

function detail(more: object): CaseDetail {
  return { positions: [], tasks: [], waits: [], ...more } as unknown as CaseDetail;
}

function timer(element: string, due: string) {
  return { kind: 'timer', element, due, openedAt: due, message: '' };
}

it('tells what is going on in what it lies, and watches the times beside it', () => {
  const call = position('coaching', 'callActivity');
  const { going, watched } = standingOf(
    detail({
      positions: [call, position('coaching.meet', 'userTask'), position('coaching.late', 'boundaryEvent')],
      tasks: [{ id: '1', path: 'coaching.meet', loopCounter: null, state: 'ready' }],
      waits: [timer('coaching.late', '2026-12-01T08:00:00Z')],
    }),
  );
  expect(going.map((one) => [one.position.element, one.task?.id, one.inside])).toEqual([['meet', '1', [call]]]);
  expect(watched.map((one) => [one.position.element, one.due])).toEqual([['late', '2026-12-01T08:00:00Z']]);
});

it('tells several alike that wait once, with the first time, and how many they are', () => {
  const { going } = standingOf(
    detail({
      positions: [
        position('follow', 'subProcess'),
        position('day', 'intermediateCatchEvent', { token: 'a' }),
        position('day', 'intermediateCatchEvent', { token: 'b' }),
      ],
      waits: [timer('day', '2027-01-03T23:00:00Z'), timer('day', '2027-03-30T22:00:00Z')],
    }),
  );
  expect(going.map((one) => [one.position.token, one.count, one.wait?.due])).toEqual([
    ['a', 2, '2027-01-03T23:00:00Z'],
  ]);
});

it('tells each of several open tasks at one step', () => {
  const { going } = standingOf(
    detail({
      positions: [1, 2].map((loopCounter) => position('sign', 'userTask', { token: String(loopCounter), loopCounter })),
      tasks: [1, 2].map((loopCounter) => ({ id: String(loopCounter), path: 'sign', loopCounter, state: 'ready' })),
    }),
  );
  expect(going.map(({ task }) => task?.id)).toEqual(['1', '2']);
});

it('finds the call that a position lies in', () => {
  expect(callOf({ path: 'a.b.c', element: 'c' })).toBe('a.b');
  expect(callOf({ path: 'c', element: 'c' })).toBe('');
});

it('tells the rounds of a loop, not the loop beside them', () => {
  const loop = position('call', 'userTask');
  const rounds = [1, 2].map((loopCounter) => position('call', 'userTask', { token: String(loopCounter), loopCounter }));
  const tasks = [1, 2].map((loopCounter) => ({ id: String(loopCounter), path: 'call', loopCounter, state: 'ready' }));
  const { going } = standingOf(detail({ positions: [loop, ...rounds], tasks }));
  expect(going.map(({ task }) => task?.id)).toEqual(['1', '2']);
});
