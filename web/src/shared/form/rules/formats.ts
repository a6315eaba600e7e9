/** The formats of texts, exactly as the server takes them: FEEL's temporal values, and three that every form may use. */
import { format } from '@cfworker/json-schema';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))?$/;
const DURATION =
  /^-?P(?:(?=\d)(?:\d+Y)?(?:\d+M)?|(?=\d|T\d)(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/;

export function isDate(text: string): boolean {
  const parts = DATE.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts;
  const made = new Date(Date.UTC(2000, month - 1, day));
  made.setUTCFullYear(year, month - 1, day);
  return year > 0 && made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

function isTime(text: string): boolean {
  const parts = TIME.exec(text)?.slice(1);
  if (!parts) return false;
  const [hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts.map((part) => Number(part ?? 0));
  return hour < 24 && minute < 60 && second < 60 && offsetHour < 24 && offsetMinute < 60;
}

export function isDateTime(text: string): boolean {
  const [day = '', clock, ...more] = text.split('T');
  return clock !== undefined && more.length === 0 && isDate(day) && isTime(clock);
}

function isDuration(text: string): boolean {
  return DURATION.test(text);
}

Object.assign(format, { date: isDate, time: isTime, 'date-time': isDateTime, duration: isDuration });
