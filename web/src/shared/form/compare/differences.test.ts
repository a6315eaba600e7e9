import { expect, it } from 'vitest';
import type { JsonObject } from '../rules/schema';
import { differences, differencesAt, isSame, withChoices } from './differences';
import { asAnswers, fromAnswers, onlyField } from './onlyField';

const TEXT = { type: 'string' };
const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    note: TEXT,
    address: { type: 'object', properties: { street: TEXT, city: { type: 'object', properties: { name: TEXT } } } },
    tags: { type: 'array', items: TEXT },
    signers: { type: 'array', 'x-key': 'id', items: { type: 'object', properties: { id: TEXT, name: TEXT } } },
  },
  allOf: [{ then: { properties: { reason: TEXT } } }],
};

it('tells only what differs, as deep as the form has names', () => {
  const yours = { note: 'a', address: { street: 'x', city: { name: 'p' } }, tags: ['1'], reason: 'r' };
  const theirs = { note: 'a', address: { street: 'x', city: { name: 'q' } }, tags: ['1', '2'] };
  expect(differences(SCHEMA, yours, theirs)).toEqual([
    { place: ['address', 'city', 'name'], field: 'address.city.name', yours: 'p', theirs: 'q' },
    { place: ['tags'], field: 'tags', yours: ['1'], theirs: ['1', '2'] },
    { place: ['reason'], field: 'reason', yours: 'r', theirs: undefined },
  ]);
});

it('takes an empty answer for none, whatever the order of members', () => {
  expect(isSame({ a: '', b: [], c: { d: null } }, {})).toBe(true);
  expect(isSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(isSame(1, '1')).toBe(false);
  expect(isSame(false, undefined)).toBe(false);
  expect(isSame(['a', 'b'], ['b', 'a'])).toBe(false);
});

it('compares items by their key, added and removed ones too, and a list without keys as a whole', () => {
  const yours = [
    { id: '1', name: 'Anna' },
    { id: '2', name: 'Bo' },
  ];
  const theirs = [
    { id: '2', name: 'Bosse' },
    { id: '3', name: 'Cia' },
  ];
  const found = differences(SCHEMA, { signers: yours }, { signers: theirs });
  expect(found.map(({ place, yours: mine, theirs: other }) => [place[1], mine, other])).toEqual([
    [{ by: 'id', is: '2' }, yours[1], theirs[0]],
    [{ by: 'id', is: '3' }, undefined, theirs[1]],
    [{ by: 'id', is: '1' }, yours[0], undefined],
  ]);
  const nameless = differences(SCHEMA, { signers: [{ name: 'Anna' }] }, { signers: theirs });
  expect(nameless.map(({ place }) => place)).toEqual([['signers']]);
});

it('puts what was chosen in its place and takes away what was chosen away', () => {
  const values = { note: 'a', address: { street: 'x' }, signers: [{ id: '1', name: 'Anna' }, { id: '2' }] };
  const chosen = withChoices(values, [
    { place: ['note'], value: null },
    { place: ['address', 'city', 'name'], value: 'q' },
    { place: ['signers', { by: 'id', is: '2' }], value: undefined },
    { place: ['signers', { by: 'id', is: '3' }], value: { id: '3' } },
  ]);
  expect(chosen).toEqual({
    address: { street: 'x', city: { name: 'q' } },
    signers: [{ id: '1', name: 'Anna' }, { id: '3' }],
  });
});

it('chosen all from one side, the answers are that side', () => {
  const yours = { note: 'a', tags: ['1'], signers: [{ id: '1', name: 'Anna' }] };
  const theirs = { address: { street: 'y' }, tags: ['2'], signers: [{ id: '1', name: 'Ann' }, { id: '2' }] };
  const all = differences(SCHEMA, yours, theirs).map(({ place, theirs: value }) => ({ place, value }));
  expect(withChoices(yours, all)).toEqual(theirs);
});

it('looks into one field of the form', () => {
  expect(differencesAt(SCHEMA, 'address', { street: 'x' }, { street: 'y' })).toMatchObject([
    { field: 'address.street' },
  ]);
  expect(differencesAt(SCHEMA, 'address.street', 'x', 'y')).toMatchObject([{ place: ['address', 'street'] }]);
});

it('makes a form of one field, also of one that only sometimes is there, and of an item', () => {
  const texts = { fields: { reason: { label: 'Reason' } }, title: 'T', submit: 'S' };
  const form = {
    key: 'f',
    schema: SCHEMA,
    ui: { 'ui:order': ['note', '*'], note: {} },
    texts: { sv: texts, en: texts },
  };
  const [reason] = differences(SCHEMA, { reason: 'r' }, {});
  const [item] = differences(SCHEMA, { signers: [{ id: '1' }] }, { signers: [] });
  if (!reason || !item) throw new Error('nothing differs');
  expect(onlyField(form, reason)).toEqual({
    key: 'f',
    schema: { type: 'object', properties: { reason: TEXT }, required: ['reason'] },
    ui: { note: {} },
    texts: { sv: { fields: texts.fields }, en: { fields: texts.fields } },
  });
  expect(asAnswers(item.place, { id: '1', name: 'Anna' })).toEqual({ signers: [{ id: '1', name: 'Anna' }] });
  expect(fromAnswers(item.place, { signers: [{ id: '1', name: 'Ann' }] })).toEqual({ id: '1', name: 'Ann' });
  expect(fromAnswers(['address', 'street'], asAnswers(['address', 'street'], 'x'))).toBe('x');
});
