import { describe, expect, it } from 'vitest';
import { after, begun, type Retried } from './retryMany';

const one = (id: string, outcome: Retried['outcome']): Retried => ({
  id,
  outcome,
  incident: null,
  case: null,
  why: null,
});

describe('a run over many incidents', () => {
  it('counts what came of each and keeps what went wrong', () => {
    const first = after(begun(5), { items: [one('a', 'resolved'), one('b', 'failed-again')], at: 'more', left: 2 });
    expect(first).toMatchObject({ total: 4, done: 2, solved: 1, at: 'more', isOver: false });
    const last = after(first, { items: [one('c', 'refused'), one('d', 'resolved')], at: undefined, left: 0 });
    expect(last).toMatchObject({ total: 4, done: 4, solved: 2, isOver: true });
    expect(last.bad.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('says how many are only under way anew', () => {
    const job = { ...one('a', 'resolved'), incident: { kind: 'job-failed' } as Retried['incident'] };
    const items = [job, { ...job, outcome: 'refused' as const }, one('b', 'resolved')];
    expect(after(begun(3), { items, at: undefined })).toMatchObject({ solved: 2, ordered: 1 });
  });

  it('keeps the number of those that were chosen by hand', () => {
    expect(after(begun(30), { items: [one('a', 'resolved')], at: 20 })).toMatchObject({ total: 30, done: 1, at: 20 });
  });
});
