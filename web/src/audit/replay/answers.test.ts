import { expect, it } from 'vitest';
import { answersAt } from './answers';
import type { WalkEvent } from './events';

function wrote(element: string, scope: string): WalkEvent {
  return {
    sequence: 1,
    type: 'data-changed',
    element,
    payload: { changes: [{ scope, path: 'contact.x', before: null, after: 1 }] },
    at: '2025-02-03T12:00:00Z',
  };
}

const DATA = new Map([
  ['case', { contact: { channel: 'case' }, note: 'case' }],
  ['t7.call', { contact: { channel: 'call' } }],
]);

it('reads the answers where the task is bound', () => {
  expect(answersAt(DATA, { path: 'register', scope: 'case', bind: 'contact' }, [])).toEqual({ channel: 'case' });
  expect(answersAt(DATA, { path: 'intake.register', scope: 't7.call', bind: 'contact' }, [])).toEqual({
    channel: 'call',
  });
  expect(answersAt(DATA, { path: 'register', scope: 'case', bind: 'contact.channel' }, [])).toEqual({});
  expect(answersAt(DATA, { path: 'register', scope: 'case', bind: '' }, [])).toEqual(DATA.get('case'));
});

it('looks outside a round of a loop, in its own process and in no other', () => {
  const place = { path: 'intake.each', scope: 't9', bind: 'contact' };
  expect(answersAt(DATA, place, [wrote('other', 'case'), wrote('intake.register', 't7.call')])).toEqual({
    channel: 'call',
  });
  expect(answersAt(DATA, place, [wrote('other', 'case')])).toEqual({});
});
