import { expect, it } from 'vitest';
import type { Session } from '@/shared/session';
import type { Task } from '../tasks';
import type { Case } from '../cases';
import { caseReceivers, mayHandOver, mayHandOverCase, mayTakeOver, receiversOf, type Colleague } from './receivers';

const person = (id: string, groups: string[], unit = 'north'): Colleague => ({
  id,
  name: id,
  memberships: [{ unit, groups, manages: false }],
});
const session = (userId: string, manages = false) =>
  ({ userId, memberships: [{ unit: 'north', groups: ['coach'], manages }] }) as unknown as Session;
const TASK = {
  unit: 'north',
  state: 'claimed',
  candidateGroups: ['coach'],
  claimedBy: { id: 'me', name: 'Me' },
} as Task;
const ALL = [
  person('östen', ['coach']),
  person('me', ['coach']),
  person('rut', ['reception']),
  person('anna', ['coach']),
  person('sten', ['coach'], 'south'),
];

it.each([
  ['who holds it', TASK, session('me'), true],
  ['somebody else', TASK, session('anna'), false],
  ['the head of the unit', TASK, session('hedda', true), true],
  ['the head, when it is done', { ...TASK, state: 'completed' }, session('hedda', true), false],
] as const)('may be handed over by %s: %#', (_, task, who, expected) => {
  expect(mayHandOver(task as Task, who)).toBe(expected);
});

it('is offered to others in its groups, by name', () => {
  expect(receiversOf(TASK, ALL, session('me')).map(({ id }) => id)).toEqual(['anna', 'östen']);
});

it('is offered to all others in the unit where it is for anybody, or by the head', () => {
  const everybody = ['anna', 'rut', 'östen'];
  expect(receiversOf({ ...TASK, candidateGroups: [] }, ALL, session('me')).map(({ id }) => id)).toEqual(everybody);
  expect(receiversOf(TASK, ALL, session('hedda', true)).map(({ id }) => id)).toEqual(everybody);
});

const CASE = { unit: 'north', status: 'active', responsible: { id: 'me', name: 'Me' } } as Case;
const FREE = { ...CASE, responsible: null };

it.each([
  ['who is responsible', CASE, session('me'), true, false],
  ['somebody else', CASE, session('anna'), false, false],
  ['the head of the unit', CASE, session('hedda', true), true, false],
  ['anybody, when nobody is responsible', FREE, session('anna'), false, true],
  ['nobody when it has ended', { ...CASE, status: 'completed' }, session('me'), false, false],
  ['nobody when it has ended free', { ...FREE, status: 'cancelled' }, session('anna'), false, false],
])('a case is handed or taken over by %s', (_, one, who, hands, takes) => {
  expect([mayHandOverCase(one, who), mayTakeOver(one, who)]).toEqual([hands, takes]);
});

it('a case is offered to everybody else in its unit', () => {
  expect(caseReceivers(CASE, ALL).map(({ id }) => id)).toEqual(['anna', 'rut', 'östen']);
});
