// @vitest-environment jsdom
import { globSync, readFileSync } from 'node:fs';
import { DmnModdle } from 'dmn-moddle';
import { expect, test } from 'vitest';
import { canonical } from '../drawing/canonical';
import { changed } from './dmnChanges';
import { brokenAt } from './dmnElements';
import { decisionsIn, withHitPolicy } from './dmnXml';

const FILES = globSync(`${import.meta.dirname}/../../../../processes/*/decisions/*.dmn`).sort();
const named = FILES.map((file) => [file.split('/').slice(-3).join('/'), readFileSync(file, 'utf8')] as const);

test('every decision of the repository is looked at', () => {
  expect(FILES.length).toBeGreaterThan(20);
});

test.each(named)('%s means the same after dmn-js has read and written it', async (_, xml) => {
  const moddle = new DmnModdle();
  const { rootElement, warnings } = await moddle.fromXML(xml, 'dmn:Definitions');
  expect(warnings).toEqual([]);
  const { xml: now } = await moddle.toXML(rootElement, { format: true });
  expect(canonical(withHitPolicy(xml, now))).toEqual(canonical(xml));
});

test.each(named)('%s: a change and the change back leave it as it means', (_, xml) => {
  const [first] = decisionsIn(xml) ?? [];
  const [rule] = first?.rules ?? [];
  if (!first || !rule) throw new Error('no rule');
  const cell = { what: 'cell', rule: rule.id, place: 0 } as const;
  const other = changed(xml, first.id, { ...cell, text: '"other"' });
  expect(decisionsIn(other)?.[0]?.rules[0]?.cells[0]).toBe('"other"');
  expect(canonical(changed(other, first.id, { ...cell, text: rule.cells[0] ?? '' }))).toEqual(canonical(xml));
});

const [, TABLE] = named.find(([name]) => name.endsWith('close-reason.dmn')) ?? ['', ''];
const rulesOf = (xml: string) => decisionsIn(xml)?.[0]?.rules ?? [];

test('only the line of the cell that is changed differs', () => {
  const now = changed(TABLE, 'close-reason', {
    what: 'cell',
    rule: 'close-reason-rule-1',
    place: 0,
    text: 'false & <x>',
  });
  const [before, after] = [TABLE.split('\n'), now.split('\n')];
  expect(after.filter((line, at) => line !== before[at])).toEqual([
    '        <inputEntry id="close-reason-rule-1-in-1"><text>false &amp; &lt;x&gt;</text></inputEntry>',
  ]);
});

test('rules are added, moved and removed, each with ids of its own', () => {
  const added = changed(TABLE, 'close-reason', { what: 'add', after: 'close-reason-rule-1' });
  expect(rulesOf(added)[1]).toEqual({ id: 'rule-1', cells: ['-', '-', '-', ''], note: '' });
  const moved = changed(added, 'close-reason', { what: 'move', rule: 'rule-1', by: -1 });
  expect(rulesOf(moved)[0]?.id).toBe('rule-1');
  expect(changed(moved, 'close-reason', { what: 'remove', rule: 'rule-1' })).toBe(TABLE);
});

test('columns are added with a cell in each rule, renamed, typed and removed', () => {
  const add = (xml: string, side: 'input' | 'output') => changed(xml, 'close-reason', { what: 'addColumn', side });
  const before = decisionsIn(TABLE)?.[0];
  const places = { input: before?.inputs.length ?? 0, output: before?.outputs.length ?? 0 };
  const wider = add(add(TABLE, 'input'), 'output');
  const table = decisionsIn(wider)?.[0];
  expect(table?.inputs.at(-1)).toMatchObject({ text: '', type: 'string' });
  expect(table?.outputs.map(({ text }) => text)).toContain('output1');
  for (const { cells } of table?.rules ?? []) {
    expect(cells).toHaveLength(places.input + places.output + 2);
    expect([cells[places.input], cells.at(-1)]).toEqual(['-', '']);
  }
  const column = { what: 'column', side: 'input', place: places.input } as const;
  let now = changed(wider, 'close-reason', { ...column, part: 'text', text: 'contact.age' });
  now = changed(now, 'close-reason', { ...column, part: 'label', text: 'Ålder' });
  now = changed(now, 'close-reason', { ...column, part: 'type', text: 'number' });
  now = changed(now, 'close-reason', { ...column, part: 'values', text: '[18..67]' });
  expect(decisionsIn(now)?.[0]?.inputs.at(-1)).toMatchObject({
    label: 'Ålder',
    text: 'contact.age',
    type: 'number',
    values: '[18..67]',
  });
  const back = changed(now, 'close-reason', { what: 'removeColumn', side: 'input', place: places.input });
  const narrow = changed(back, 'close-reason', { what: 'removeColumn', side: 'output', place: places.output });
  expect(narrow.replace(' name="output1"', '')).toBe(TABLE);
});

test('cells without a text and rules without an id are written too', () => {
  const bare = TABLE.replace(/<inputEntry id="close-reason-rule-1-in-1">.*?<\/inputEntry>/, '<inputEntry/>').replace(
    '<rule id="close-reason-rule-1">',
    '<rule>',
  );
  const now = changed(bare, 'close-reason', { what: 'cell', rule: '#1', place: 0, text: '"new"' });
  expect(rulesOf(now)[0]?.cells[0]).toBe('"new"');
});

test('a file that is no XML has no decisions and is left alone', () => {
  expect(decisionsIn('<half')).toBeUndefined();
  expect(changed('<half', 'x', { what: 'add', after: '' })).toBe('<half');
});

test.each(named)('%s is XML all through', (_, xml) => {
  expect(brokenAt(xml)).toBeUndefined();
});

test.each([
  ['', 1],
  ['<a>', 1],
  ['<a>\n<b></a>', 2],
  ['<a/>\n<b/>', 2],
  ['<a>\n1 < 2</a>', 2],
  ['<a>\n\nR&D</a>', 3],
  ['<a\n b=c/>', 1],
  ['<!DOCTYPE a><a/>', 1],
  ['x<a/>', 1],
])('%j is no XML from line %i', (xml, line) => {
  expect(brokenAt(xml)).toBe(line);
});

test('comments, character data and references are XML', () => {
  expect(brokenAt('<?xml version="1.0"?><!-- < & --><a b="1 > 0">&amp;<![CDATA[ < & ]]>&#229;</a>\n')).toBeUndefined();
});
