import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import type { Drawn } from '../drawing/bpmn';
import { type KindName, mayLeadOn, NEXT } from '../drawing/kinds';
import type { Studio } from '../drawing/Studio';
import { useWords } from '../drawing/useWords';
import { fieldsOf } from '../properties/fields';
import { show } from '../problems/goTo';
import { read, writeValues, valuesOf } from '../properties/values';
import { CommitField } from './CommitField';
import { COLUMNS } from './Outline';
import styles from './outline.module.css';

/** One step. On a narrow page it is one line until it is opened. */
export function OutlineRow({ studio, step }: { studio: Studio; step: Drawn }) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const name = words.name(step);
  const fields = fieldsOf(step);
  return (
    <tr data-open={isOpen}>
      <th scope="row">
        <span>{words.kind(step)}</span>
        <Button
          look="plain"
          className={styles.opener}
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {name}
        </Button>
      </th>
      {COLUMNS.map((field) => (
        <td key={field} data-label={t(`field.${field}`)}>
          {fields.includes(field) && (
            <CommitField
              label={`${t(`field.${field}`)}: ${name}`}
              value={String(read(step, field))}
              onCommit={(text) => {
                writeValues(studio, step, { ...valuesOf(step), [field]: text });
              }}
            />
          )}
        </td>
      ))}
      <td>
        <div className={styles.row}>
          {mayLeadOn(step) && (
            <select
              aria-label={t('outline.addAfter', { name })}
              className={styles.adder}
              value=""
              onChange={(event) => {
                if (event.target.value) studio.add(event.target.value as KindName, step);
              }}
            >
              <option value="">{t('outline.add')}</option>
              {NEXT.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`add.${kind}`)}
                </option>
              ))}
            </select>
          )}
          <Button
            look="plain"
            aria-label={t('outline.show', { name })}
            onClick={() => {
              show(studio, step);
            }}
          >
            {t('outline.showShort')}
          </Button>
          <Button
            look="plain"
            aria-label={t('outline.remove', { name })}
            onClick={() => {
              studio.remove(step);
            }}
          >
            {t('properties.remove')}
          </Button>
        </div>
      </td>
    </tr>
  );
}
