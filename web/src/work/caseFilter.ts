/** What stands in the address of the list of cases. */
export const STATUSES = ['active', 'suspended', 'completed', 'cancelled', 'failed'] as const;
type CaseStatus = (typeof STATUSES)[number];

export interface CaseFilter {
  number?: string;
  process?: string;
  unit?: string;
  status?: CaseStatus;
}

export function readCaseFilter(search: Record<string, unknown>): CaseFilter {
  const { number, process, unit, status } = search;
  const told = STATUSES.find((one) => one === status);
  // A number that is written in an address alone looks like one: `?number=2026` is read as 2026.
  const text = typeof number === 'number' ? String(number) : number;
  return {
    ...(typeof text === 'string' && text.trim() && { number: text.trim() }),
    ...(typeof process === 'string' && process && { process }),
    ...(typeof unit === 'string' && unit && { unit }),
    ...(told && { status: told }),
  };
}

/**
 * What stands in the address of a case: which diagram is shown (the path of a call), whether the story is told in full, and
 * which task is open.
 */
export interface CaseView {
  diagram?: string;
  task?: string;
  details?: boolean;
}

export function readCaseView({ diagram, details, task }: Record<string, unknown>): CaseView {
  return {
    ...(typeof diagram === 'string' && diagram && { diagram }),
    ...(details === true && { details }),
    ...(typeof task === 'string' && task && { task }),
  };
}
