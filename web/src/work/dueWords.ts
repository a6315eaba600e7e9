/** Which sentence says by when something is to be done, and the number in it. */
import { daysUntil, nearnessOf } from '@/shared/time';

const WEEK = 7;

type DueWord = 'overdueToday' | 'overdue' | 'today' | 'tomorrow' | 'days' | 'later';

export function dueWord(due: string, now = new Date()): { word: DueWord; count: number } {
  const days = daysUntil(due, now);
  if (nearnessOf(due, now) === 'overdue') return { word: days === 0 ? 'overdueToday' : 'overdue', count: -days };
  if (days < 2) return { word: days < 1 ? 'today' : 'tomorrow', count: days };
  return { word: days <= WEEK ? 'days' : 'later', count: days };
}

/** The parts that a list by due time falls into. */
export const PARTS = ['overdue', 'today', 'week', 'later', 'never'] as const;
export type Part = (typeof PARTS)[number];

export function partOf(due: string | null, now = new Date()): Part {
  if (due === null) return 'never';
  if (nearnessOf(due, now) === 'overdue') return 'overdue';
  const days = daysUntil(due, now);
  if (days < 1) return 'today';
  return days <= WEEK ? 'week' : 'later';
}
