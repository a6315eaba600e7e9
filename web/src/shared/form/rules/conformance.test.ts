// @vitest-environment node
/** Server and browser judge alike: both run the cases of tests/form/conformance.json. */
import { describe, expect, it } from 'vitest';
import cases from '../../../../../tests/form/conformance.json';
import { breachesOf } from './breaches';
import { fieldsOf } from './fields';
import { problemsOf } from './problems';
import type { Json, JsonObject } from './schema';

interface Row {
  value: Json;
  problems: { path: string; keyword: string; sv: string; en: string }[];
}

describe.each(cases)('$name', ({ schema, labels, values }) => {
  it.each(values as Row[])('$value', ({ value, problems }) => {
    const rules = schema as JsonObject;
    const told = (['sv', 'en'] as const).map((language) => {
      const texts = {
        title: 'T',
        fields: Object.fromEntries(Object.entries(labels).map(([key, label]) => [key, { label }])),
      };
      return problemsOf(breachesOf(rules, value), value, { fields: fieldsOf(rules), texts, language });
    });
    const [sv = [], en = []] = told;
    const both = sv.map(({ path, keyword, text }, index) => ({ path, keyword, sv: text, en: en[index]?.text ?? '' }));
    const byPlace = (rows: typeof both) =>
      rows.toSorted((a, b) => `${a.path} ${a.keyword}`.localeCompare(`${b.path} ${b.keyword}`));
    expect(byPlace(both)).toEqual(byPlace(problems));
  });
});
