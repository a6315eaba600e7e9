import { AnswerList, AnswerValue } from '@/shared/form/AnswerList';
import { isObject, type Json } from '@/shared/form/rules/schema';
import { Told } from '../events/Told';
import { NO_WORDS, type Declared } from './declared';
import { InWords } from './InWords';
import type { Named } from './naming';

interface Props {
  value: unknown;
  /** The form or the process that says what the value means, if one does. */
  by?: Named | Declared | undefined;
  /** As it is stored. */
  raw?: boolean;
}

/** A value in the words of the form that it was written with, or of its process: the text of the answer, the name of the entry, the day. */
export function Value({ value, by, raw = false }: Props) {
  if (value === null || value === undefined) return <>–</>;
  if (raw) return <code data-content>{JSON.stringify(value)}</code>;
  if (!by) return <InWords value={value} words={NO_WORDS} />;
  if ('words' in by) return <InWords value={value} words={by.words} at={by.at} />;
  if (by.field) return <AnswerValue form={by.used.form} at={by.field} value={value as Json} />;
  return isObject(value) ? <AnswerList form={by.used.form} values={value} /> : <Told value={value} />;
}
