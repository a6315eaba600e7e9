import { describe, expect, it } from 'vitest';
import { changesOf } from './events';
import { momentAt, Moments } from './moments';
import { elementOf, runsByEvent, runsOf } from './runs';
import { type WalkEvent } from './walk';

function told(...rows: [type: string, element: string, payload?: Record<string, unknown> | null][]): WalkEvent[] {
  return rows.map(([type, element, payload = {}], index) => ({
    sequence: index + 1,
    type,
    element,
    payload,
    at: '2025-02-03T12:00:00Z',
  }));
}

const CALLED = told(
  ['case-started', '', { process: 'pathway', version: 'v1' }],
  ['element-entered', 'intake', { kind: 'callActivity', calls: 'intake', version: 'v7', name: 'En dörr in' }],
  ['task-created', 'intake.register', { kind: 'userTask', name: 'Skriv in', nameEn: 'Register' }],
  ['element-completed', 'intake.register', { kind: 'userTask', flows: ['on'] }],
  ['element-completed', 'intake', { kind: 'callActivity', flows: ['out'] }],
);

describe('what ran', () => {
  it('is the case’s own diagram and those of the processes that it called', () => {
    expect(runsOf(CALLED)).toEqual([
      { key: '@v1', path: '', process: 'pathway', version: 'v1' },
      { key: 'intake@v7', path: 'intake', process: 'intake', version: 'v7' },
    ]);
  });

  it('tells which diagram an event happened in, and the element’s id there', () => {
    const runs = runsByEvent(CALLED);
    const run = runs.get(3);
    expect(run?.key).toBe('intake@v7');
    expect(elementOf(CALLED[2] as WalkEvent, run)).toBe('register');
    expect(runs.get(2)?.key).toBe('@v1');
  });
});

describe('what had happened at an element', () => {
  const at = (events: WalkEvent[], sequence: number, run: string, element: string) =>
    momentAt(events, sequence).elements.get(run)?.get(element);

  it('is told up to the moment and no further', () => {
    expect(at(CALLED, 2, 'intake@v7', 'register')).toBeUndefined();
    expect(at(CALLED, 3, 'intake@v7', 'register')).toMatchObject({ here: 1, done: 0, name: 'Skriv in', last: 3 });
    expect(at(CALLED, 4, 'intake@v7', 'register')).toMatchObject({ here: 0, done: 1, last: 4 });
    expect(at(CALLED, 4, 'intake@v7', 'register')?.flows.get('on')).toBe(1);
    expect(at(CALLED, 4, '@v1', 'intake')).toMatchObject({ here: 1, done: 0 });
    expect(at(CALLED, 5, '@v1', 'intake')).toMatchObject({ here: 0, done: 1 });
  });

  it('counts the rounds of a loop and not the loop as one more', () => {
    const loop = told(
      ['case-started', '', { version: 'v1' }],
      ['element-entered', 'each', { kind: 'userTask', rounds: 2 }],
      ['task-created', 'each', { kind: 'userTask', loopCounter: 1 }],
      ['task-created', 'each', { kind: 'userTask', loopCounter: 2 }],
      ['element-completed', 'each', { kind: 'userTask', loopCounter: 1, flows: [] }],
      ['element-completed', 'each', { kind: 'userTask', loopCounter: 2, flows: [] }],
      ['element-completed', 'each', { kind: 'userTask', rounds: 2, flows: ['on'] }],
    );
    expect(at(loop, 4, '@v1', 'each')).toMatchObject({ here: 2, done: 0 });
    expect(at(loop, 5, '@v1', 'each')).toMatchObject({ here: 1, done: 1 });
    expect(at(loop, 7, '@v1', 'each')).toMatchObject({ here: 0, done: 2 });
  });

  it('does not say that the case stands where it only watches', () => {
    const watched = told(
      ['case-started', '', { version: 'v1' }],
      ['timer-set', 'late', { kind: 'boundaryEvent' }],
      ['timer-set', 'pause', { kind: 'intermediateCatchEvent' }],
    );
    expect(at(watched, 3, '@v1', 'late')).toMatchObject({ here: 0 });
    expect(at(watched, 3, '@v1', 'pause')).toMatchObject({ here: 1 });
  });

  it('tells how many wait for the same, and counts a token that waits for two things once', () => {
    const waits = told(
      ['case-started', '', { version: 'v1' }],
      ['timer-set', 'pause', { kind: 'intermediateCatchEvent', loopCounter: 1 }],
      ['timer-set', 'pause', { kind: 'intermediateCatchEvent', loopCounter: 2 }],
      ['element-completed', 'pause', { kind: 'intermediateCatchEvent', loopCounter: 1, flows: [] }],
      ['timer-set', 'either', { kind: 'intermediateCatchEvent' }],
      ['message-awaited', 'either', { kind: 'intermediateCatchEvent', message: 'yes' }],
    );
    expect(at(waits, 3, '@v1', 'pause')).toMatchObject({ here: 2 });
    expect(at(waits, 4, '@v1', 'pause')).toMatchObject({ here: 1, done: 1 });
    expect(at(waits, 6, '@v1', 'either')).toMatchObject({ here: 1 });
  });

  it('stands at a service task while its job is done elsewhere, once however often it is ordered', () => {
    const events = told(
      ['job-ordered', 'print', { kind: 'serviceTask', handler: 'http.request' }],
      ['job-failed', 'print', { kind: 'serviceTask' }],
      ['incident-opened', 'print', { kind: 'serviceTask' }],
      ['incident-resolved', 'print', { kind: 'serviceTask' }],
      ['job-ordered', 'print', { kind: 'serviceTask', handler: 'http.request' }],
      ['job-completed', 'print', { kind: 'serviceTask' }],
      ['element-completed', 'print', { kind: 'serviceTask', flows: ['on'] }],
    );
    const here = events.map((event) => momentAt(events, event.sequence).elements.get('')?.get('print')?.here);
    expect(here).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });

  it('tells obstacles until they are gone, and what was gone past', () => {
    const stuck = told(
      ['case-started', '', { version: 'v1' }],
      ['incident-opened', 'fetch', { kind: 'serviceTask' }],
      ['element-skipped', 'fetch', { kind: 'serviceTask' }],
      ['incident-opened', 'send', { kind: 'serviceTask' }],
      ['incident-resolved', 'send', { kind: 'serviceTask' }],
    );
    expect(at(stuck, 2, '@v1', 'fetch')).toMatchObject({ incidents: 1 });
    expect(at(stuck, 5, '@v1', 'fetch')).toMatchObject({ incidents: 0, skipped: 1 });
    expect(at(stuck, 5, '@v1', 'send')).toMatchObject({ incidents: 0 });
  });

  it('counts a token once that an operator moves, withdraws or lets go past', () => {
    const task = { kind: 'userTask' };
    const by = told(
      ['case-started', '', { version: 'v1' }],
      ['task-created', 'ask', task],
      ['task-created', 'ask', task],
      ['position-moved', 'ask', { ...task, to: 'look' }],
      ['element-cancelled', 'ask', task],
      ['incident-opened', 'fetch', { kind: 'serviceTask' }],
      ['element-skipped', 'fetch', { kind: 'serviceTask', flows: ['on'] }],
      ['element-completed', 'fetch', { kind: 'serviceTask', flows: ['on'] }],
      ['message-awaited', 'wait', { kind: 'receiveTask', message: 'yes' }],
      ['element-skipped', 'wait', { kind: 'receiveTask', reason: 'x' }],
    );
    expect(at(by, 5, '@v1', 'ask')).toMatchObject({ here: 1, withdrawn: 1 });
    expect(at(by, 8, '@v1', 'fetch')).toMatchObject({ here: 0, done: 0, skipped: 1, incidents: 0 });
    expect(at(by, 8, '@v1', 'fetch')?.flows.get('on')).toBe(1);
    expect(at(by, 10, '@v1', 'wait')).toMatchObject({ here: 1, skipped: 1 });
  });

  it('counts the rounds that are withdrawn, and not the loop as one more', () => {
    const task = (loopCounter?: number) => ({ kind: 'userTask', ...(loopCounter && { loopCounter }) });
    const loop = told(
      ['case-started', '', { version: 'v1' }],
      ['element-entered', 'each', { ...task(), rounds: 2 }],
      ['task-created', 'each', task(1)],
      ['task-created', 'each', task(2)],
      ['position-cancelled', 'each', task()],
      ['element-cancelled', 'each', task(1)],
      ['element-cancelled', 'each', task(2)],
      ['element-cancelled', 'each', task()],
      // A loop as long as a condition holds: nothing tells beforehand that it is one.
      ['element-entered', 'again', { kind: 'subProcess' }],
      ['element-entered', 'again', { kind: 'subProcess', loopCounter: 1 }],
      ['element-completed', 'again', { kind: 'subProcess', loopCounter: 1, flows: [] }],
      ['element-entered', 'again', { kind: 'subProcess', loopCounter: 2 }],
    );
    expect(at(loop, 8, '@v1', 'each')).toMatchObject({ here: 0, withdrawn: 2 });
    expect(at(loop, 10, '@v1', 'again')).toMatchObject({ here: 1, done: 0 });
    expect(at(loop, 12, '@v1', 'again')).toMatchObject({ here: 1, done: 1 });
  });

  it('takes a note for no element', () => {
    const noted = told(['case-started', '', { version: 'v1' }], ['note-struck', 'note-1', { reason: 'x' }]);
    expect(at(noted, 2, '@v1', 'note-1')).toBeUndefined();
  });

  it('leaves nothing under way in a call that was withdrawn or a case that has ended', () => {
    const withdrawn = told(
      ['case-started', '', { version: 'v1' }],
      ['element-entered', 'intake', { kind: 'callActivity', calls: 'intake', version: 'v7' }],
      ['task-created', 'intake.register', { kind: 'userTask' }],
      ['element-cancelled', 'intake', { kind: 'callActivity' }],
    );
    expect(at(withdrawn, 3, 'intake@v7', 'register')).toMatchObject({ here: 1 });
    expect(at(withdrawn, 4, 'intake@v7', 'register')).toMatchObject({ here: 0 });
    expect(at(withdrawn, 4, '@v1', 'intake')).toMatchObject({ here: 0, withdrawn: 1 });
    const ended = told(
      ['case-started', '', { version: 'v1' }],
      ['task-created', 'a', { kind: 'userTask' }],
      ['case-cancelled', '', { reason: 'x' }],
    );
    expect(at(ended, 3, '@v1', 'a')).toMatchObject({ here: 0 });
  });
});

describe('the data', () => {
  const changed = (path: string, before: unknown, after: unknown, scope = 'case') => ({
    changes: [{ scope, path, before, after }],
  });
  const events = told(
    ['case-started', '', { version: 'v1' }],
    ['data-changed', 'ask', changed('answer.text', null, 'Ja')],
    ['data-changed', 'ask', changed('answer.text', 'Ja', 'Nej')],
    ['data-changed', 'intake.ask', changed('note', null, 'x', 't7.call')],
    ['data-changed', '', changed('answer.text', 'Nej', null)],
  );

  it('are those of the moment, scope by scope', () => {
    expect(momentAt(events, 1).data.size).toBe(0);
    expect(momentAt(events, 2).data.get('case')).toEqual({ answer: { text: 'Ja' } });
    expect(momentAt(events, 4).data.get('case')).toEqual({ answer: { text: 'Nej' } });
    expect(momentAt(events, 4).data.get('t7.call')).toEqual({ note: 'x' });
    expect(momentAt(events, 5).data.get('case')).toEqual({ answer: {} });
    expect(changesOf(events[2] as WalkEvent)).toEqual([
      { scope: 'case', path: 'answer.text', before: 'Ja', after: 'Nej' },
    ]);
  });

  it('are plain, whatever history marks', () => {
    const day = told(
      ['case-started', '', { version: 'v1' }],
      [
        'data-changed',
        'ask',
        changed('a', null, [{ on: { '@': '2025-12-25' }, sum: { '@number': '12345678901234567' } }]),
      ],
    );
    expect(momentAt(day, 2).data.get('case')).toEqual({ a: [{ on: '2025-12-25', sum: '12345678901234567' }] });
  });

  it('say so when something that was written has been erased', () => {
    expect(momentAt(events, 5).hasGaps).toBe(false);
    const erased = told(['case-started', '', { version: 'v1' }], ['data-changed', 'ask', null]);
    expect(momentAt(erased, 1).hasGaps).toBe(false);
    expect(momentAt(erased, 2).hasGaps).toBe(true);
  });
});

describe('a long history', () => {
  const rounds = Array.from({ length: 3000 }, (_, round): [string, string, Record<string, unknown>][] => [
    ['task-created', 'ask', { kind: 'userTask' }],
    ['data-changed', 'ask', { changes: [{ scope: 'case', path: 'a.round', before: null, after: round }] }],
    ['element-completed', 'ask', { kind: 'userTask', flows: ['again'] }],
  ]);
  const events = told(['case-started', '', { version: 'v1' }], ...rounds.flat());
  const plain = ({ elements, data, hasGaps }: ReturnType<typeof momentAt>) => ({ elements, data, hasGaps });

  it('is gone through forth and back without beginning anew, and tells the same', () => {
    const moments = new Moments(events);
    const last = moments.at(events.length);
    expect(last.elements.get('@v1')?.get('ask')).toMatchObject({ done: 3000, here: 0 });
    expect(moments.steps).toBe(events.length);
    for (let at = events.length - 1; at > events.length - 20; at -= 1) moments.at(at);
    for (let at = 4000; at < 4100; at += 1) moments.at(at);
    expect(moments.steps).toBeLessThan(events.length + 20 * 250 + 250 + 100);
    for (const at of [0, 1, 249, 250, 251, 4999, 5000, 9001])
      expect(plain(moments.at(at))).toEqual(plain(momentAt(events, at)));
  });

  it('keeps what it has told as it was', () => {
    const moments = new Moments(events);
    const before = moments.at(2);
    moments.at(500);
    expect(before.elements.get('@v1')?.get('ask')).toMatchObject({ here: 1, done: 0 });
    expect(before.data.size).toBe(0);
  });
});
