import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './data.module.css';

/** Whether data are shown as they are stored. */
export function useRaw() {
  return useState(false);
}

/** Shows data as they are stored, or in words again. */
export function RawSwitch({ raw, onSwitch }: { raw: boolean; onSwitch: (raw: boolean) => void }) {
  const { t } = useTranslation('audit');
  return (
    <label className={styles.raw}>
      <input
        type="checkbox"
        checked={raw}
        onChange={(event) => {
          onSwitch(event.target.checked);
        }}
      />{' '}
      {t('data.raw')}
    </label>
  );
}
