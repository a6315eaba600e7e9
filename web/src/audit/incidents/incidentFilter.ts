/** What stands in the address of the list of incidents. */
import type { paths } from '@/api/schema';
import { isDay } from '../caseFilter';
import { startOfDayOn } from '../days';

export interface IncidentFilter {
  process?: string;
  /** A number of the process. */
  version?: number;
  /** The path of a step. */
  element?: string;
  kind?: string;
  unit?: string;
  /** The day (ÅÅÅÅ-MM-DD) since which it stands. */
  from?: string;
  /** Those that are solved, instead of those that are not. */
  solved?: boolean;
}

type Asked = NonNullable<paths['/api/v1/incidents']['get']['parameters']['query']>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function readIncidentFilter(search: Record<string, unknown>): IncidentFilter {
  const { process, version, element, kind, unit, from, solved } = search;
  return {
    ...(isText(process) && { process }),
    ...(isText(process) && Number.isSafeInteger(version) && Number(version) >= 1 && { version: Number(version) }),
    ...(isText(element) && { element }),
    ...(isText(kind) && { kind }),
    ...(isText(unit) && { unit }),
    ...(isDay(from) && { from }),
    ...(solved === true && { solved }),
  };
}

/** The same as the server is asked which open incidents are meant. */
export function chosenBy({ process, version, element, kind, unit, from }: IncidentFilter) {
  const day = from && { openedFrom: startOfDayOn(from) };
  return {
    ...(process && { process }),
    ...(version && { version }),
    ...(element && { element }),
    ...(kind && { kind }),
    ...(unit && { unit }),
    ...day,
  };
}

/** The same as the server is asked for a list. */
export function listedBy(filter: IncidentFilter): Asked {
  return { ...chosenBy(filter), ...(filter.solved && { state: 'resolved' as const }) };
}
