// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { differencesBetween } from './differences';

const diagram = (inner: string) =>
  `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"><b:process id="p">${inner}</b:process></b:definitions>`;

test('elements that came, went and changed are told', () => {
  const before = diagram(
    '<b:userTask id="a" name="A"><b:incoming>x</b:incoming></b:userTask><b:endEvent id="e" name="E"/>',
  );
  const after = diagram(
    '<b:userTask id="a" name="A2"/><b:scriptTask id="s" name="S"><b:script>{}</b:script></b:scriptTask>',
  );
  expect(differencesBetween(before, after)).toEqual([
    { id: 'a', what: 'changed', tag: 'userTask', name: 'A2' },
    { id: 's', what: 'added', tag: 'scriptTask', name: 'S' },
    { id: 'e', what: 'removed', tag: 'endEvent', name: 'E' },
  ]);
});

test('a condition and what lies within count, how flows are listed does not', () => {
  const flow = (inner: string) => diagram(`<b:userTask id="a"/><b:sequenceFlow id="f">${inner}</b:sequenceFlow>`);
  const condition = '<b:conditionExpression id="c">= 1</b:conditionExpression>';
  expect(differencesBetween(flow(''), flow(condition)).map((one) => one.id)).toEqual(['f']);
  const listed = diagram('<b:userTask id="a"><b:outgoing>f</b:outgoing></b:userTask><b:sequenceFlow id="f"/>');
  expect(differencesBetween(flow(''), listed)).toEqual([]);
});
