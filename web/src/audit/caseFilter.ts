/** What stands in the address of the auditor's list of cases. */
export const STATUSES = ['active', 'suspended', 'completed', 'cancelled', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

export interface CaseFilter {
  number?: string;
  status?: Status;
  process?: string;
  unit?: string;
  /** Days (ÅÅÅÅ-MM-DD) between which the case began, both included. */
  from?: string;
  to?: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function readCaseFilter(search: Record<string, unknown>): CaseFilter {
  const { number, status, process, unit, from, to } = search;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const isStatus = (value: unknown): value is Status => STATUSES.some((one) => one === value);
  return {
    ...(isText(number) && { number }),
    ...(isStatus(status) && { status }),
    ...(isText(process) && { process }),
    ...(isText(unit) && { unit }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

/** Whether it is a day of the calendar. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
