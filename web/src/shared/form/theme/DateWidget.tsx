import type { WidgetProps } from '@rjsf/utils';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { isDate } from '../rules/formats';
import { ties } from './inputs';
import styles from './theme.module.css';

/** A day as ÅÅÅÅ-MM-DD, typed or picked. The browser's own date field would follow the browser's language, not the page's. */
export function DateWidget(field: WidgetProps) {
  const { t } = useTranslation();
  const { value, label } = field as { value?: string; label: string };
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.withButton}>
      <input
        {...ties(field)}
        className={styles.medium}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder={t('form.dateShape')}
        value={value ?? ''}
        onChange={(event) => {
          field.onChange(event.target.value === '' ? undefined : event.target.value);
        }}
        onBlur={(event) => {
          const tidy = tidied(event.target.value);
          if (tidy !== event.target.value) field.onChange(tidy);
        }}
      />
      <Button
        aria-label={t('form.pickDate', { label })}
        onClick={() => {
          picker.current?.showPicker();
        }}
        disabled={field.disabled === true || field.readonly === true}
      >
        <svg
          viewBox="0 0 24 24"
          width="22"
          height="22"
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" />
        </svg>
      </Button>
      <input
        ref={picker}
        type="date"
        className={styles.picker}
        tabIndex={-1}
        aria-hidden="true"
        value={value && isDate(value) ? value : ''}
        onChange={(event) => {
          if (event.target.value) field.onChange(event.target.value);
        }}
      />
    </div>
  );
}

/** `20250317`, `2025 03 17` and `2025/3/7` are days too. */
function tidied(text: string): string {
  const parts = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$/.exec(text.trim());
  if (!parts) return text;
  const [, year = '', month = '', day = ''] = parts;
  const tidy = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(tidy) ? tidy : text;
}
