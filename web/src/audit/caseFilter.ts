/** What stands in the address of the auditor's list of cases, and what is too personal to stand there. */
export const STATUSES = ['active', 'suspended', 'completed', 'cancelled', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

export interface CaseFilter {
  number?: string;
  status?: Status;
  process?: string;
  /** A number of the process. */
  version?: number;
  unit?: string;
  /** Days (ÅÅÅÅ-MM-DD) between which the case began, both included. */
  from?: string;
  to?: string;
}

/** Who is looked for: kept with the entry of the tab's history, never in the address. */
export interface Sought {
  /** Words of the name of whom the case is about, or of what else cases are found by. */
  who?: string;
  /** The register entry that it is about. */
  about?: { register: string; key: string };
  /** Somebody who has done something in it, by user id. */
  worker?: string;
  responsible?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    audited?: Sought;
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function readCaseFilter(search: Record<string, unknown>): CaseFilter {
  const { number, status, process, version, unit, from, to } = search;
  const isStatus = (value: unknown): value is Status => STATUSES.some((one) => one === value);
  return {
    ...(isText(number) && { number }),
    ...(isStatus(status) && { status }),
    ...(isText(process) && { process }),
    ...(isText(process) && Number.isSafeInteger(version) && Number(version) >= 1 && { version: Number(version) }),
    ...(isText(unit) && { unit }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

/** Who is looked for, as the entry of the tab's history tells it. */
export function readSought(state: object): Sought {
  const told: unknown = 'audited' in state ? state.audited : undefined;
  if (typeof told !== 'object' || told === null) return {};
  const { who, about, worker, responsible } = told as Record<string, unknown>;
  const { register, key } = (typeof about === 'object' && about !== null ? about : {}) as Record<string, unknown>;
  return {
    ...(isText(who) && { who }),
    ...(isText(register) && isText(key) && { about: { register, key } }),
    ...(isText(worker) && { worker }),
    ...(isText(responsible) && { responsible }),
  };
}

/** Whether it is a day of the calendar. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
