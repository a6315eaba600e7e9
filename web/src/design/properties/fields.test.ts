import { expect, test } from 'vitest';
import type { Drawn } from '../drawing/bpmn';
import { type FieldId, fieldsOf, isNeeded } from './fields';

function service(said: Readonly<Record<string, string>>): Drawn {
  const get = (name: string) => said[name];
  return { type: 'bpmn:ServiceTask', businessObject: { get }, incoming: [], outgoing: [] } as unknown as Drawn;
}

const ASKED: FieldId[] = ['handler', 'topic', 'retries', 'retryAfter', 'timeout'];
const asked = (task: Drawn) => fieldsOf(task).filter((field) => ASKED.includes(field));

test('a service task is done by our system or by another, and one of them has to be said', () => {
  const new_ = service({});
  expect(asked(new_)).toEqual(['handler', 'topic']);
  expect(isNeeded(new_, 'handler')).toBe(true);
  expect(isNeeded(service({ 'stegvis:topic': 'invoice.pay' }), 'handler')).toBe(false);
});

test('how often it is tried is asked of what may fail, and not of what is done within the step', () => {
  expect(asked(service({ 'stegvis:handler': 'register.get' }))).toEqual(['handler']);
  expect(asked(service({ 'stegvis:handler': 'http.request' }))).toEqual([
    'handler',
    'retries',
    'retryAfter',
    'timeout',
  ]);
  expect(asked(service({ 'stegvis:topic': 'invoice.pay' }))).toEqual(['topic', 'retries', 'retryAfter', 'timeout']);
});

test('who has said both is shown both, to take one away', () => {
  expect(asked(service({ 'stegvis:handler': 'mail.send', 'stegvis:topic': 'post' }))).toContain('topic');
});
