// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import { expect, test } from 'vitest';
import { descriptor } from './descriptor';
import { laidOut } from './layout';

const PROCESSES = `${import.meta.dirname}/../../../../processes`;
const read = (key: string) => readFileSync(`${PROCESSES}/${key}/process.bpmn`, 'utf8');

test.each(readdirSync(PROCESSES))('%s without its drawing is drawn anew, with every step and flow', async (key) => {
  const drawn = read(key);
  expect(laidOut(drawn)).toBe(drawn);
  const bare = drawn.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '');
  const { warnings } = await new BpmnModdle({ stegvis: descriptor }).fromXML(laidOut(bare));
  expect(warnings).toEqual([]);
  const shownIn = (xml: string) =>
    [...xml.matchAll(/BPMN(?:Shape|Edge) [^>]*bpmnElement="([^"]+)"/g)].map((one) => one[1] ?? '').sort();
  const steps = [
    ...bare.matchAll(
      /<bpmn:(?:\w*[tT]ask|\w+Event|\w+Gateway|callActivity|subProcess|sequenceFlow|messageFlow|participant) id="([^"]+)"/g,
    ),
  ];
  expect(shownIn(laidOut(bare))).toEqual(steps.map((one) => one[1] ?? '').sort());
});

test('what cannot be read is left as it is', () => {
  expect(laidOut('<broken')).toBe('<broken');
});
