/** The steps of the statistics: which of them a table shows, in what order, and how they are marked on the diagram. */
import type { Mark } from '@/shared/diagram/DiagramViewer';
import type { components } from '@/api/schema';
import { lengthOf } from './lengths';
import type { Column, StatisticsSearch } from './statisticsSearch';

export type Step = components['schemas']['StepStatisticsView'];
export type Statistics = components['schemas']['ProcessStatisticsView'];

type Language = 'sv' | 'en';

const PASSED_AT_ONCE = /Gateway$|^startEvent$|^endEvent$|^intermediateThrowEvent$/;

/** Whether work or time is spent there, or a case is stuck. */
function isWorthTelling({ kind, waiting, stuck }: Step): boolean {
  return waiting > 0 || stuck > 0 || !PASSED_AT_ONCE.test(kind);
}

export function nameOf(step: Step, language: Language): string {
  return language === 'en' ? step.nameEn : step.name;
}

/** The steps of one diagram as the table shows them; those of older versions that it does not have come along. */
export function stepsShown(
  steps: readonly Step[],
  { diagram = '', all = false, sort = 'waiting', rising = false }: StatisticsSearch,
  language: Language,
): Step[] {
  const shown = steps.filter((step) => step.call === diagram && (all || isWorthTelling(step)));
  const byName = (a: Step, b: Step) => nameOf(a, language).localeCompare(nameOf(b, language), language);
  if (sort === 'name') return shown.toSorted((a, b) => (rising ? -byName(a, b) : byName(a, b)));
  return shown.toSorted((a, b) => compare(value(a, sort), value(b, sort), rising) || byName(a, b));
}

function value(step: Step, column: Exclude<Column, 'name'>): number | null {
  switch (column) {
    case 'waitingSince':
      // The longest wait is the largest.
      return step.waitingSince ? -new Date(step.waitingSince).getTime() : null;
    case 'median':
      return step.medianSeconds;
    case 'p90':
      return step.p90Seconds;
    default:
      return step[column];
  }
}

/** What is not known comes last, whichever way the rest is sorted. */
function compare(a: number | null, b: number | null, rising: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return rising ? a - b : b - a;
}

/** The marks of a diagram: what waits, what is stuck and what was passed, in figures with a sign before each. */
export function marksOf(steps: readonly Step[], diagram: string, words: (step: Step) => string): Mark[] {
  return steps
    .filter((step) => step.call === diagram)
    .map((step) => ({ element: step.element, kind: kindOf(step), text: words(step), shown: figuresOf(step) }));
}

function kindOf({ stuck, waiting }: Step): Mark['kind'] {
  if (stuck > 0) return 'problem';
  return waiting > 0 ? 'current' : 'done';
}

function figuresOf({ stuck, waiting, passed, medianSeconds }: Step): string {
  return [
    stuck > 0 && `! ${String(stuck)}`,
    waiting > 0 && `▶ ${String(waiting)}`,
    passed > 0 && `✓ ${String(passed)}`,
    medianSeconds !== null && medianSeconds > 0 && `◷ ${lengthOf(medianSeconds, 'short')}`,
  ]
    .filter(Boolean)
    .join('  ');
}
