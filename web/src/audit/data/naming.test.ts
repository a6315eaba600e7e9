import { expect, test } from 'vitest';
import { named, textsOf, writable, type UsedForm } from './naming';

function used(call: string, bind: string, title: string): UsedForm {
  const fields = { channel: { label: 'Kanal' }, 'parts[].name': { label: 'Namn' }, parts: { label: 'Parter' } };
  return {
    ...{ call, bind, version: 1 },
    form: {
      key: title,
      schema: {
        type: 'object',
        properties: {
          channel: { type: 'string' },
          parts: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
        },
      },
      ui: {},
      texts: { sv: { title, fields }, en: { title, fields: {} } },
    },
  };
}

const FORMS = [used('', '', 'Start'), used('intake', 'contact', 'Kontakt'), used('intake', 'contact', 'Kontakt igen')];

test('a place is called what the form calls it that wrote there last, in its call before others', () => {
  expect(named(FORMS, 'intake', 'contact.channel', 'sv')).toMatchObject({ label: 'Kanal', field: 'channel' });
  expect(named(FORMS, 'intake', 'contact', 'sv')).toMatchObject({ label: 'Kontakt igen', field: '' });
  expect(named(FORMS, 'mapping', 'contact', 'sv')?.label).toBe('Kontakt igen');
  expect(named(FORMS, 'intake', 'channel', 'sv')?.used.form.key).toBe('Start');
});

test('a place without words has its path, and one that no form has written is not known', () => {
  expect(named(FORMS, '', 'channel', 'en')?.label).toBe('channel');
  expect(named(FORMS, 'intake', 'contact.other', 'sv')).toBeUndefined();
  expect(named(FORMS, 'intake', 'contacts', 'sv')).toBeUndefined();
});

test('what can be written anew are the fields of the call, a list as a whole', () => {
  expect(writable(FORMS, 'intake', 'sv').map(({ path, label }) => [path, label])).toEqual([
    ['contact.channel', 'Kanal'],
    ['contact.parts', 'Parter'],
  ]);
});

test('the texts of a field come along with those inside it, under another name', () => {
  expect(Object.keys(textsOf(FORMS[0]?.form.texts.sv, 'parts', 'value'))).toEqual(['value[].name', 'value']);
});
