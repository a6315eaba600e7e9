/** Days and moments among answers, in words. Answers of a draft may be anything: what is no such value stands as it was typed. */
import { dayOf, momentOf } from '@/shared/time';
import { isDate, isDateTime } from './rules/formats';

export function whenWords(text: string, kind: string | undefined): string {
  if (kind === 'date' && isDate(text)) return dayOf(text);
  if (kind === 'date-time' && isDateTime(text)) return momentOf(text);
  return text;
}
