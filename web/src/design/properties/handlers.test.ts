import { expect, test } from 'vitest';
import type { TFunction } from 'i18next';
import { type Handler, handlersToChoose } from './handlers';

const t = ((key: string, told: { name: string; inputs: string }) =>
  `${key}: ${told.name}, ${told.inputs}`) as unknown as TFunction<'draft'>;

function handler(name: string, inputs: string[]): Handler {
  return { name, inputs, isJob: true, errors: [] };
}

test('every handler of the server is offered by its name, and told with what it needs', () => {
  expect(handlersToChoose([handler('example.stamp', ['colour', 'text']), handler('register.get', [])], t)).toEqual([
    { value: 'example.stamp', text: 'handler.needs: example.stamp, colour, text' },
    { value: 'register.get', text: 'register.get' },
  ]);
});
