import { expect, test } from 'vitest';
import { versionAt } from './useVersions';

const RAN = [
  { path: '', process: 'pathway', version: 'v1', since: 1 },
  { path: 'intake', process: 'intake', version: 'v7', since: 5 },
  { path: 'intake', process: 'intake', version: 'v8', since: 50 },
  { path: 'intake.call', process: 'inner', version: 'v9', since: 10 },
];

test('an event lies in the diagram of the innermost call that had begun, as it was called last', () => {
  const at = (element: string, sequence: number) => versionAt(RAN, { element, sequence });
  expect(at('', 1)).toBe('v1');
  expect(at('intake', 5)).toBe('v1');
  expect(at('intake.register', 6)).toBe('v7');
  expect(at('intake.register', 60)).toBe('v8');
  expect(at('intake.call.step', 11)).toBe('v9');
  expect(at('intakes.step', 60)).toBe('v1');
});
