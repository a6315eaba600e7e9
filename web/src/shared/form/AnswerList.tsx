import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { entryQuery } from '@/shared/registers';
import styles from './AnswerList.module.css';
import type { FormDefinition } from './CaseForm';
import { fieldsOf, type Field } from './rules/fields';
import { isList, isObject, valueAt, type Json, type JsonObject } from './rules/schema';
import { whenWords } from './whenWords';

interface Read {
  fields: ReadonlyMap<string, Field>;
  texts: JsonObject;
}

/** Answers to a form, in its own words, to be read. */
export function AnswerList({ form, values }: { form: FormDefinition; values: JsonObject }) {
  return <Members read={useRead(form)} prefix="" values={values} />;
}

/** One answer, in the words of its form. `at` is the field's name in the form. */
export function AnswerValue({ form, at, value }: { form: FormDefinition; at: string; value: Json }) {
  const answer = <Answer read={useRead(form)} at={at} value={value} />;
  const isOneWord = !isList(value) && !isObject(value);
  return isOneWord ? <span data-content>{answer}</span> : <div data-content>{answer}</div>;
}

function useRead(form: FormDefinition): Read {
  const language = currentLanguage();
  return useMemo(
    () => ({ fields: fieldsOf(form.schema as JsonObject), texts: form.texts[language] as JsonObject }),
    [form, language],
  );
}

function Members({ read, prefix, values }: { read: Read; prefix: string; values: JsonObject }) {
  const keys = [...read.fields.keys()].filter((key) => {
    const name = key.slice(prefix.length);
    return key.startsWith(prefix) && !/[.[]/.test(name) && isAnswered(values[name]);
  });
  return (
    <dl className={styles.answers} data-content>
      {keys.map((key) => {
        const name = key.slice(prefix.length);
        const label = valueAt(read.texts, ['fields', key, 'label']);
        return (
          <div key={key}>
            <dt>{typeof label === 'string' ? label : name}</dt>
            <dd>
              <Answer read={read} at={key} value={values[name] ?? null} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Answer({ read, at, value }: { read: Read; at: string; value: Json }): ReactNode {
  const { t } = useTranslation();
  const field = read.fields.get(at);
  if (isList(value)) return <Several read={read} at={at} values={value} />;
  if (isObject(value))
    return (
      <div className={styles.inner}>
        <Members read={read} prefix={`${at}.`} values={value} />
      </div>
    );
  const told = valueAt(read.texts, ['fields', at, 'options', String(value)]);
  if (typeof told === 'string') return told;
  if (typeof value === 'boolean') return value ? t('form.yes') : t('form.no');
  if (typeof value === 'string' && field?.register) return <EntryName register={field.register} entry={value} />;
  if (typeof value === 'string') return whenWords(value, field?.kind);
  return value === null ? '' : String(value);
}

function Several({ read, at, values }: { read: Read; at: string; values: readonly Json[] }) {
  const rows = values.map((value, index) => (
    // Answers that were sent in never change their places.
    <li key={index}>
      {isObject(value) ? (
        <Members read={read} prefix={`${at}[].`} values={value} />
      ) : (
        <Answer read={read} at={at} value={value} />
      )}
    </li>
  ));
  return values.some(isObject) ? <ol className={styles.rows}>{rows}</ol> : <ul className={styles.list}>{rows}</ul>;
}

/** What an entry of a register is called; its key, for those who may not see it. */
export function EntryName({ register, entry }: { register: string; entry: string }) {
  const { data, isError } = useQuery(entryQuery(register, entry));
  return isError ? entry : (data?.name ?? '…');
}

function isAnswered(value: Json | undefined): boolean {
  if (isList(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}
