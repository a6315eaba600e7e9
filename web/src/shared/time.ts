/** Days and clock times in the reader's language, in the time zone of the offices. */
import { currentLanguage } from './i18n';

const ZONE = 'Europe/Stockholm';
const TAGS = { sv: 'sv-SE', en: 'en-GB' } as const;
const DAY_MS = 86_400_000;

/** What is no moment is told as it stands: a page that shows data never falls over one of them. */
function told(moment: Date | string, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return String(moment);
  return new Intl.DateTimeFormat(TAGS[currentLanguage()], { timeZone: ZONE, ...options }).format(at);
}

/** `17 mars 2025`. */
export function dayOf(moment: Date | string): string {
  return told(moment, { dateStyle: 'long' });
}

/** `17 mars 2025 09:30`. */
export function momentOf(moment: Date | string): string {
  return told(moment, { dateStyle: 'long', timeStyle: 'short' });
}

/** `09:30`. */
export function clockOf(moment: Date | string): string {
  return told(moment, { timeStyle: 'short' });
}

/** The first instant of the day that is `days` from now, at the offices. */
export function startOfDay(days: number, now = new Date()): Date {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(now.getTime() + days * DAY_MS));
  const guess = new Date(`${parts}T00:00:00Z`);
  const offset =
    new Date(guess.toLocaleString('en-US', { timeZone: ZONE })).getTime() -
    new Date(guess.toLocaleString('en-US', { timeZone: 'UTC' })).getTime();
  return new Date(guess.getTime() - offset);
}

/** Whether the moment is past, still comes today, or later. */
export function nearnessOf(moment: string, now = new Date()): 'overdue' | 'today' | 'later' {
  const at = new Date(moment).getTime();
  if (at < now.getTime()) return 'overdue';
  return at < startOfDay(1, now).getTime() ? 'today' : 'later';
}

/** How many midnights at the offices lie between now and the moment: -1 is yesterday, 0 today, 1 tomorrow. */
export function daysUntil(moment: Date | string, now = new Date()): number {
  const [to = '', from = ''] = [new Date(moment), now].map((at) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(at),
  );
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
