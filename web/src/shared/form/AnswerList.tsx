import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { entryQuery, nameOf, registersQuery } from '@/shared/registers';
import { dayOf, momentOf } from '@/shared/time';
import styles from './AnswerList.module.css';
import type { FormDefinition } from './CaseForm';
import { fieldsOf, type Field } from './rules/fields';
import { isList, isObject, valueAt, type Json, type JsonObject } from './rules/schema';

interface Read {
  fields: ReadonlyMap<string, Field>;
  texts: JsonObject;
}

/** Answers to a form, in its own words, to be read. */
export function AnswerList({ form, values }: { form: FormDefinition; values: JsonObject }) {
  const language = currentLanguage();
  const read = useMemo(
    () => ({ fields: fieldsOf(form.schema as JsonObject), texts: form.texts[language] as JsonObject }),
    [form, language],
  );
  return <Members read={read} prefix="" values={values} />;
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
  if (typeof value === 'string' && field?.kind === 'date') return dayOf(value);
  if (typeof value === 'string' && field?.kind === 'date-time') return momentOf(value);
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
  const { data: registers } = useQuery(registersQuery);
  const { data, isError } = useQuery(entryQuery(register, entry));
  if (isError) return entry;
  // The register says which fields are the name: before it has come, others must not be shown instead.
  return data && registers
    ? nameOf(
        data,
        registers.find(({ key }) => key === register),
      )
    : '…';
}

function isAnswered(value: Json | undefined): boolean {
  if (isList(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}
