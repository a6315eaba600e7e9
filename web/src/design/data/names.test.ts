import { expect, test } from 'vitest';
import { namesIn, withName, withoutName } from './names';

test('a name is declared in a schema that is not there yet, and taken away again', () => {
  const first = withName('', 'receiver', 'text') ?? '';
  expect(JSON.parse(first)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { receiver: { type: 'string' } },
  });
  const both = withName(first, 'heardOn', 'date') ?? '';
  expect(namesIn(both)).toEqual([
    { name: 'receiver', type: 'text' },
    { name: 'heardOn', type: 'date' },
  ]);
  expect(namesIn(withoutName(both, 'receiver') ?? '')).toEqual([{ name: 'heardOn', type: 'date' }]);
});

test('what only the source tells is left as it is', () => {
  const text =
    '{"properties": {"contact": {"x-form": "register-contact"}}, "$defs": {"message:moved": {}}, "x-texts": {}}';
  expect(namesIn(text)).toEqual([{ name: 'contact', type: undefined }]);
  expect(JSON.parse(withName(text, 'open', 'yesNo') ?? '')).toEqual({
    properties: { contact: { 'x-form': 'register-contact' }, open: { type: 'boolean' } },
    $defs: { 'message:moved': {} },
    'x-texts': {},
  });
});

test('nothing is written to what cannot be read', () => {
  expect(namesIn('{"properties": ')).toBeUndefined();
  expect(withName('{', 'a', 'text')).toBeUndefined();
  expect(withoutName('[]', 'a')).toBeUndefined();
});
