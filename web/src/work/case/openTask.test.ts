import { expect, test } from 'vitest';
import type { Session } from '@/shared/session';
import type { CaseDetail } from '../cases';
import { tasksFor } from './openTask';

const ME = { userId: 'me', memberships: [{ unit: 'north', groups: ['coach'], manages: false }] } as unknown as Session;

function about(...tasks: object[]): CaseDetail {
  return {
    case: { unit: 'north' },
    members: [],
    tasks: tasks.map((task) => ({ state: 'ready', claimedBy: null, candidateGroups: ['coach'], due: null, ...task })),
  } as unknown as CaseDetail;
}

const ids = (detail: CaseDetail): string[] => tasksFor(ME, detail).map(({ id }) => id);

test('what one holds comes first, then what one may take, soonest due first', () => {
  const detail = about(
    { id: 'late', due: '2026-02-01' },
    { id: 'any' },
    { id: 'soon', due: '2026-01-01' },
    { id: 'held', state: 'claimed', claimedBy: { id: 'me' }, candidateGroups: ['reception'] },
  );
  expect(ids(detail)).toEqual(['held', 'soon', 'late', 'any']);
});

test('what others hold, what is for other groups and what is done is left out', () => {
  const detail = about(
    { id: 'others', state: 'claimed', claimedBy: { id: 'you' } },
    { id: 'reception', candidateGroups: ['reception'] },
    { id: 'done', state: 'completed' },
    { id: 'anybody', candidateGroups: [] },
  );
  expect(ids(detail)).toEqual(['anybody']);
  expect(ids({ ...detail, case: { unit: 'south' } } as unknown as CaseDetail)).toEqual([]);
});

test('somebody of another unit who is tied to the case takes what is for their groups', () => {
  const detail = about(
    { id: 'coach' },
    { id: 'reception', candidateGroups: ['reception'] },
    { id: 'anybody', candidateGroups: [] },
  );
  const tied = { ...detail, case: { unit: 'south' }, members: [{ id: 'me' }] } as unknown as CaseDetail;
  expect(ids(tied)).toEqual(['coach']);
});
