// @vitest-environment node
/** Every form of the repository: its right examples break no rule, its wrong ones exactly the fields that they name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breachesOf } from './breaches';
import { fieldsOf } from './fields';
import { problemsOf } from './problems';
import { isObject, type Json, type JsonObject } from './schema';

const FORMS = join(import.meta.dirname, '../../../../../forms');

function read(...path: string[]): Json {
  return JSON.parse(readFileSync(join(FORMS, ...path), 'utf8')) as Json;
}

function examples(...path: string[]): string[] {
  return readdirSync(join(FORMS, ...path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => entry.name);
}

function folders(...path: string[]): string[] {
  return readdirSync(join(FORMS, ...path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

describe.each(folders())('%s', (form) => {
  const schema = read(form, 'schema.json') as JsonObject;

  it.each(examples(form, 'examples'))('takes the example %s', (name) => {
    expect(breachesOf(schema, read(form, 'examples', name))).toEqual([]);
  });

  const wrong = folders(form, 'examples').includes('invalid') ? examples(form, 'examples', 'invalid') : [];
  it.each(wrong)('refuses %s at the fields that it names', (name) => {
    const { submission = null, paths } = read(form, 'examples', 'invalid', name) as JsonObject;
    for (const language of ['sv', 'en'] as const) {
      const texts = read(form, `texts.${language}.json`) as JsonObject;
      const problems = problemsOf(breachesOf(schema, submission), submission, {
        fields: fieldsOf(schema),
        texts,
        language,
      });
      expect([...new Set(problems.map(({ path }) => path))].sort()).toEqual([...(paths as string[])].sort());
      expect(isObject(texts) && problems.every(({ text }) => text.length > 5 && !text.includes('{'))).toBe(true);
    }
  });
});
