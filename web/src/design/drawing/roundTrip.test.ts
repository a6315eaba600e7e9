// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import { expect, test } from 'vitest';
import { canonical } from './canonical';
import { descriptor } from './descriptor';

const PROCESSES = `${import.meta.dirname}/../../../../processes`;

test.each(readdirSync(PROCESSES))('%s is written as it was read', async (key) => {
  const xml = readFileSync(`${PROCESSES}/${key}/process.bpmn`, 'utf8');
  const moddle = new BpmnModdle({ stegvis: descriptor });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  expect(warnings).toEqual([]);
  const { xml: written } = await moddle.toXML(rootElement, { format: true });
  expect(canonical(written)).toEqual(canonical(xml));
});

test('what differs is seen', () => {
  expect(canonical('<a b="1" c="2"/>')).toEqual(canonical('<a c="2"\n b="1"></a>'));
  expect(canonical('<a><b/> <c/></a>')).not.toEqual(canonical('<a><c/><b/></a>'));
  expect(canonical('<a b="1"/>')).not.toEqual(canonical('<a/>'));
  expect(canonical('<a>x</a>')).not.toEqual(canonical('<a>y</a>'));
});
