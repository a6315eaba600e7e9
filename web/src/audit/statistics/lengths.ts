import { currentLanguage } from '@/shared/i18n';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;
const TAGS = { sv: 'sv-SE', en: 'en-GB' } as const;

/** How long, in the largest unit that fits: “2,5 dygn”; shortened, “2,5 d”. */
export function lengthOf(seconds: number, how: 'long' | 'short' = 'long'): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? UNITS[3];
  const value = seconds / size;
  return new Intl.NumberFormat(TAGS[currentLanguage()], {
    style: 'unit',
    unit,
    unitDisplay: how,
    maximumFractionDigits: value < 10 && unit !== 'second' ? 1 : 0,
  }).format(value);
}
