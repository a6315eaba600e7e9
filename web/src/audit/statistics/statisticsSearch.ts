/** What stands in the address of the statistics: which cases are counted, which diagram is shown, and how the table is sorted. */
import { isDay } from '../caseFilter';

export const COLUMNS = ['name', 'waiting', 'waitingSince', 'stuck', 'passed', 'median', 'p90'] as const;
export type Column = (typeof COLUMNS)[number];
export const WHICH = ['open', 'ended'] as const;

export interface StatisticsSearch {
  process?: string;
  version?: number;
  which?: (typeof WHICH)[number];
  unit?: string;
  /** Days (ÅÅÅÅ-MM-DD) between which the cases began, both included. */
  from?: string;
  to?: string;
  /** The path of the call whose diagram is shown; none for the process's own. */
  diagram?: string;
  /** Gateways and what begins and ends are in the table too. */
  all?: boolean;
  sort?: Column;
  /** From the smallest to the largest. */
  rising?: boolean;
}

export function readStatisticsSearch(search: Record<string, unknown>): StatisticsSearch {
  const { process, version, which, unit, from, to, diagram, all, sort, rising } = search;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  return {
    ...(isText(process) && { process }),
    ...(typeof version === 'number' && Number.isSafeInteger(version) && version >= 1 && { version }),
    ...(WHICH.some((one) => one === which) && { which: which as 'open' }),
    ...(isText(unit) && { unit }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...(isText(diagram) && { diagram }),
    ...(all === true && { all }),
    ...(COLUMNS.some((one) => one === sort) && { sort: sort as Column }),
    ...(rising === true && { rising }),
  };
}
