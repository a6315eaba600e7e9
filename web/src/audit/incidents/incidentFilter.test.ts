import { describe, expect, it } from 'vitest';
import { chosenBy, listedBy, readIncidentFilter } from './incidentFilter';

describe('what stands in the address of the list of incidents', () => {
  it('is read with its types', () => {
    const written = {
      process: 'p',
      version: 2,
      element: 'a.b',
      kind: 'no-flow',
      unit: 'u',
      from: '2026-03-01',
      solved: true,
    };
    expect(readIncidentFilter(written)).toEqual(written);
  });

  it('leaves out what says nothing', () => {
    expect(readIncidentFilter({ process: '', version: 2, from: '2026-02-30', solved: 'yes', other: 1 })).toEqual({});
    expect(readIncidentFilter({ process: 'p', version: 0 })).toEqual({ process: 'p' });
  });

  it('begins a day where the offices begin it', () => {
    expect(chosenBy({ kind: 'no-flow', from: '2026-03-01' })).toEqual({
      kind: 'no-flow',
      openedFrom: '2026-02-28T23:00:00.000Z',
    });
    expect(listedBy({ solved: true })).toEqual({ state: 'resolved' });
  });
});
