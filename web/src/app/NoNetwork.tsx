import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './NoNetwork.module.css';

/** Says that the device has no network, as long as it has none: pages wait for it by themselves. */
export function NoNetwork() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <div role="status" className={styles.place}>
      {!isOnline && <p className={styles.told}>{t('noNetwork')}</p>}
    </div>
  );
}

function listen(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
