import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps } from '@rjsf/utils';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { About } from './About';
import styles from './theme.module.css';
import { describedBy, wordsIn } from './words';

/** A group that repeats: each row with its number and a way to take it away, and a way to add one more. */
export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { fieldPathId, items, canAdd, onAddClick, rawErrors, required, uiSchema, disabled, readonly } = props;
  const { t } = useTranslation();
  const id = fieldPathId.$id;
  // rjsf passes the property's name on where the schema has no title; the form's own words are here.
  const title = String(uiSchema?.['ui:title'] ?? props.title);
  const words = wordsIn(uiSchema?.['ui:options']);
  const frame = useRef<HTMLFieldSetElement>(null);
  const told = useRowNews(items.length, frame);
  return (
    <fieldset id={id} ref={frame} className={styles.group} aria-describedby={describedBy(id, words, rawErrors)}>
      <legend data-content>
        {title}
        {!required && <span className={styles.optional}> ({t('form.optional')})</span>}
      </legend>
      <About id={id} words={words} errors={rawErrors} />
      {items}
      {canAdd && !disabled && !readonly && (
        <div>
          <Button onClick={onAddClick} data-add>
            {t('form.addRow', { label: title })}
          </Button>
        </div>
      )}
      <p role="status" className="visually-hidden">
        {told}
      </p>
    </fieldset>
  );
}

/** After a row has come the focus goes to its first field, after one has gone to what is left; both are spoken. */
function useRowNews(count: number, frame: React.RefObject<HTMLFieldSetElement | null>): string {
  const { t } = useTranslation();
  const before = useRef(count);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (count === before.current) return;
    const rows = frame.current?.querySelectorAll<HTMLElement>(':scope > [data-row]');
    if (count > before.current) {
      setTold(t('form.rowAdded', { row: count }));
      rows?.[count - 1]?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
    } else {
      setTold(t('form.rowRemoved', { rows: count }));
      frame.current?.querySelector<HTMLElement>(':scope > div > [data-add]')?.focus();
    }
    before.current = count;
  }, [count, frame, t]);
  return told;
}

export function ArrayFieldItemTemplate({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation();
  const row = index + 1;
  return (
    <fieldset className={styles.rowFrame} data-row>
      <legend>{t('form.row', { row })}</legend>
      {children}
      {buttonsProps.hasRemove && (
        <div className={styles.rowButtons}>
          {buttonsProps.hasMoveUp && (
            <Button look="plain" onClick={buttonsProps.onMoveUpItem}>
              {t('form.moveUp', { row })}
            </Button>
          )}
          {buttonsProps.hasMoveDown && (
            <Button look="plain" onClick={buttonsProps.onMoveDownItem}>
              {t('form.moveDown', { row })}
            </Button>
          )}
          <Button look="plain" onClick={buttonsProps.onRemoveItem}>
            {t('form.removeRow', { row })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
