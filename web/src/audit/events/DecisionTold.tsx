import { useTranslation } from 'react-i18next';
import { valueAt, type Json } from '@/shared/form/rules/schema';
import { currentLanguage } from '@/shared/i18n';
import { NO_WORDS, wordsIn, type Words } from '../data/declared';
import { InWords } from '../data/InWords';
import { useNaming, type Naming } from '../data/useNaming';
import { Value } from '../data/Value';
import type { HistoryEvent } from '../queries';
import { callOf, payloadOf, textIn, untagged } from '../replay/events';
import { Table } from '../Table';
import styles from './DecisionTold.module.css';

interface Rule {
  rule?: number;
  outputs?: Record<string, unknown>;
  note?: string;
}
interface Named {
  decision?: string;
  name?: string;
}
interface DecisionTable extends Named {
  hitPolicy?: string;
  inputs?: { label?: string; expression?: string; value?: unknown }[];
  matched?: Rule[];
  refused?: { rule?: number; input?: string; test?: string }[];
}
interface Explanation {
  tables?: DecisionTable[];
  decisions?: (Named & { value?: unknown })[];
}
interface Props {
  caseId: string;
  event: HistoryEvent;
}

/** Why a decision came out as it did: what each table saw, the rules that matched, and the results, in the designer's words. */
export function DecisionTold({ caseId, event }: Props) {
  const { t } = useTranslation('audit');
  const naming = useNaming(caseId);
  const payload = payloadOf(event);
  const { tables = [], decisions = [] } = untagged(payload.explanation) as Explanation;
  const asked = decisions.at(-1);
  const language = currentLanguage();
  const said = wordsIn(valueAt(payload.words as Json | undefined, [language]));
  const nameOf = ({ decision, name }: Named) =>
    (language === 'en' && decision === asked?.decision && textIn(payload, 'nameEn')) || name || decision || '';
  return (
    <div className={styles.decision}>
      {tables.map((table, index) => (
        <TableTold
          key={index}
          table={table}
          name={nameOf(table)}
          words={table.decision === asked?.decision ? said : NO_WORDS}
          at={Array.isArray(asked?.value) ? '[]' : ''}
          naming={(expression) => naming(callOf(event.element), expression)}
        />
      ))}
      <p className={styles.title}>{t('decision.results')}</p>
      <ul className={styles.rules}>
        {decisions.map((one) => (
          <li key={one.decision}>
            <span data-content>{nameOf(one)}</span>:{' '}
            <InWords value={one.value} words={one === asked ? said : NO_WORDS} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TableProps {
  table: DecisionTable;
  name: string;
  /** The words for what it gave, and the place of one rule's outputs within them. */
  words: Words;
  at: string;
  /** What the data are called that an input reads. */
  naming: (expression: string) => ReturnType<Naming>;
}

function TableTold({ table, name, words, at, naming }: TableProps) {
  const { t } = useTranslation('audit');
  const { hitPolicy = '', inputs = [], matched = [], refused = [] } = table;
  const seen = inputs.map((one) => ({ ...one, by: naming(one.expression ?? '') }));
  const labelOf = ({ label, expression = '', by }: (typeof seen)[number]) =>
    (by && by.label !== expression && by.label) || label || expression;
  return (
    <div className={styles.decision}>
      <p className={styles.title} data-content>
        {name} ({hitPolicy})
      </p>
      <Table label={t('decision.saw', { name })} columns={[t('decision.input'), t('decision.value')]}>
        {seen.map((one, index) => (
          <tr key={index}>
            <th scope="row" data-content>
              {labelOf(one)}
            </th>
            <td>
              <Value value={one.value} by={one.by} />
            </td>
          </tr>
        ))}
      </Table>
      {matched.length === 0 && <p>{t('decision.noRule')}</p>}
      <ul className={styles.rules}>
        {matched.map(({ rule = 0, outputs, note }) => (
          <li key={rule}>
            <strong>{t('decision.rule', { rule })}</strong> <InWords value={given(outputs)} words={words} at={at} />
            {note && <span data-content> – {note}</span>}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <p data-content>
          {t('decision.refused')}{' '}
          {refused
            .map(({ rule = 0, input = '', test = '' }) => {
              const tested = seen.find(({ label, expression }) => input === (label || expression));
              return `${String(rule)} (${tested ? labelOf(tested) : input}: ${test})`;
            })
            .join(', ')}
        </p>
      )}
    </div>
  );
}

/** What a rule gave: the value itself, where the table has one output. */
function given(outputs: Readonly<Record<string, unknown>> = {}): unknown {
  const values = Object.values(outputs);
  return values.length === 1 ? values[0] : outputs;
}
