import type { ErrorSchema } from '@rjsf/utils';
import { currentLanguage } from '@/shared/i18n';
import type { Drawn } from '../drawing/bpmn';
import type { Finding } from '../drafts';
import { placeOf } from '../problems/places';
import type { Values } from './values';
import type { Written } from './written';

/** What was found of the draft as it was saved, with what is found of an expression that is other by now. */
export interface Found {
  saved: readonly Finding[];
  written: Written | undefined;
  /** Undefined while that is not known. */
  ofWritten: readonly Finding[] | undefined;
}

/** Each finding at the field that mends it. */
export function fieldErrors({ saved, written, ofWritten }: Found, element: Drawn, values: Values): ErrorSchema {
  const whole: ErrorSchema = {};
  const here = written && placeOfWritten(written).join('.');
  for (const finding of saved) {
    const place = placeOf(finding, element, values);
    if (place.length > 0 && place.join('.') !== here) put(whole, place, toldOf(finding));
  }
  for (const finding of (written && ofWritten) ?? []) put(whole, placeOfWritten(written as Written), toldOf(finding));
  return whole;
}

export function toldOf(finding: Finding): string {
  const language = currentLanguage();
  return `${finding.message[language]} ${finding.remedy[language]}`;
}

function placeOfWritten({ field, row }: Written): string[] {
  return row === undefined ? [field] : [field, String(row), 'expression'];
}

function put(whole: ErrorSchema, place: readonly string[], told: string): void {
  let here = whole as Record<string, unknown>;
  for (const part of place) here = (here[part] ??= {}) as Record<string, unknown>;
  here.__errors = [...((here.__errors as string[] | undefined) ?? []), told];
}
