import { startOfDay } from '@/shared/time';

const DAY_MS = 86_400_000;

/** The first instant at the offices of a day (ÅÅÅÅ-MM-DD), or of one `later` days after it, as RFC 3339. */
export function startOfDayOn(day: string, later = 0): string {
  return startOfDay(0, new Date(new Date(`${day}T12:00:00Z`).getTime() + later * DAY_MS)).toISOString();
}
