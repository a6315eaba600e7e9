import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { CommitField } from './CommitField';
import styles from './DraftPage.module.css';
import { FlowList } from './FlowList';
import { MappingFields } from './MappingFields';
import type { Finding } from './drafts';
import { fieldOf, findingsOf } from './problemFields';
import { type Drawn, isFlow, isStep } from './studio/bpmn';
import { CHECKS, CHOICES, type FieldId, fieldsOf, hasMappings, LONG, read, write } from './studio/fields';
import type { Studio } from './studio/Studio';
import { useChoices } from './useChoices';
import { useWords } from './useWords';

interface Props {
  studio: Studio;
  findings: readonly Finding[];
  files: Record<string, string>;
}

/** What may be said about what is selected, in plain words and only what applies; the process when nothing is selected. */
export function PropertiesPanel({ studio, findings, files }: Props) {
  const { t } = useTranslation('design');
  const words = useWords();
  const element = studio.selected;
  const fields = fieldsOf(element);
  const about = findingsOf(findings, element.id);
  return (
    <section className={styles.panel} aria-labelledby="properties" key={element.id} id="properties-panel">
      <h2 id="properties" tabIndex={-1} className={styles.panelTitle}>
        <span className={styles.kind}>{words.kind(element)}</span>{' '}
        <span data-content>{element.businessObject.name}</span>
      </h2>
      {fields.length === 0 && <p className={styles.hint}>{t('properties.nothing')}</p>}
      {fields.map((field) => (
        <PropertyField
          key={field}
          studio={studio}
          element={element}
          field={field}
          files={files}
          problems={about.filter((one) => fieldOf(one, fields) === field).map((one) => one.message[currentLanguage()])}
        />
      ))}
      {hasMappings(element) && <MappingFields studio={studio} element={element} way="Input" />}
      {hasMappings(element) && <MappingFields studio={studio} element={element} way="Output" />}
      {isStep(element) && <FlowList studio={studio} element={element} />}
      {(isStep(element) || isFlow(element)) && (
        <div>
          <Button
            look="danger"
            onClick={() => {
              studio.remove(element);
            }}
          >
            {t('properties.remove')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface FieldProps {
  studio: Studio;
  element: Drawn;
  field: FieldId;
  files: Record<string, string>;
  problems: readonly string[];
}

function PropertyField({ studio, element, field, files, problems }: FieldProps) {
  const { t } = useTranslation('design');
  const id = useId();
  const choices = useChoices(studio, element, field, files);
  const value = read(element, field);
  const commit = (text: string): void => {
    write(studio, element, field, text);
  };
  if (CHECKS.has(field))
    return (
      <label className={styles.check}>
        <input
          type="checkbox"
          data-field={field}
          checked={value === 'true'}
          onChange={(event) => {
            commit(String(event.target.checked));
          }}
        />
        {t(`field.${field}`)}
      </label>
    );
  if (field === 'timerKind')
    return (
      <div className={styles.field}>
        <label htmlFor={id}>{t('field.timerKind')}</label>
        <select
          id={id}
          value={value}
          onChange={(event) => {
            commit(event.target.value);
          }}
        >
          {(CHOICES.timerKind ?? []).map((kind) => (
            <option key={kind} value={kind}>
              {t(`timerKind.${kind as 'timeDate'}`)}
            </option>
          ))}
        </select>
      </div>
    );
  return (
    <CommitField
      label={t(`field.${field}`)}
      hint={t(`hint.${field}`, { defaultValue: '' }) || undefined}
      value={value}
      problems={problems}
      choices={choices}
      field={field}
      onCommit={commit}
      {...(LONG.has(field) && { lines: 3 })}
    />
  );
}
