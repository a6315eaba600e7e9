import { expect, test } from 'vitest';
import { withName } from './withName';

test('a name is put in where one writes', () => {
  expect(withName('= age > ', 'limit', 8)).toEqual({ written: '= age > limit', caret: 13 });
  expect(withName('= age > 3', 'or', 5)).toEqual({ written: '= age or > 3', caret: 8 });
});

test('an empty field begins with an equals sign, a script does not', () => {
  expect(withName('', 'age', 0).written).toBe('= age');
  expect(withName(' ', 'age', null).written).toBe('= age');
  expect(withName('', 'age', 0, true).written).toBe('age');
});
