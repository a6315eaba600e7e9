import { expect, test } from 'vitest';
import { sittings, type Look } from './folded';

function look(id: string, minute: number, what: string): Look {
  return { who: { id, name: id }, at: `2025-02-03T12:${String(minute).padStart(2, '0')}:00Z`, what };
}

test('what one person looked at in one sitting is one row, in the order in which it was looked at', () => {
  const looks = [
    look('arvid', 50, 'export'),
    look('arvid', 30, 'history'),
    look('arvid', 21, 'case'),
    look('arvid', 20, 'history'),
    look('karin', 19, 'case'),
    look('arvid', 18, 'case'),
  ];
  expect(
    sittings(looks).map(({ who, from, to, what }) => [who.id, from.slice(14, 16), to.slice(14, 16), what]),
  ).toEqual([
    ['arvid', '50', '50', ['export']],
    ['arvid', '20', '30', ['history', 'case']],
    ['karin', '19', '19', ['case']],
    ['arvid', '18', '18', ['case']],
  ]);
  expect(sittings([])).toEqual([]);
});
