import { expect, test } from 'vitest';
import { answered } from './answered';
import type { JsonObject } from './schema';

const PERSON = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, needs: list() } };
const SCHEMA = {
  type: 'object',
  required: ['host', 'needs', 'rows', 'few'],
  properties: {
    host: PERSON,
    backup: { $ref: '#/$defs/person' },
    needs: list(),
    few: { ...list(), minItems: 1 },
    free: list(),
    rows: { type: 'array', items: { type: 'object', properties: { by: PERSON } } },
  },
  $defs: { person: PERSON },
} as JsonObject;

function list() {
  return { type: 'array', items: { type: 'string' } };
}

test('an optional group without an answer is left out, one that is asked for stays', () => {
  expect(answered(SCHEMA, { host: {}, backup: {}, needs: ['a'], rows: [{ by: {} }], few: ['b'] })).toEqual({
    host: {},
    needs: ['a'],
    rows: [{}],
    few: ['b'],
  });
  expect(answered(SCHEMA, { backup: { needs: [] } })).not.toHaveProperty('backup');
  expect(answered(SCHEMA, { backup: { name: 'Tilda' } })).toMatchObject({ backup: { name: 'Tilda' } });
});

test('a list that must be there but may be empty is empty where nothing was chosen', () => {
  expect(answered(SCHEMA, {})).toEqual({ needs: [], rows: [] });
});

test('what the schema does not know stays as it is', () => {
  expect(answered(SCHEMA, { needs: [], rows: [], other: { a: {} } })).toEqual({
    needs: [],
    rows: [],
    other: { a: {} },
  });
});
