import './texts';
import { useTranslation } from 'react-i18next';
import { clockOf } from '@/shared/time';
import styles from './DraftStatus.module.css';
import type { DraftState } from './places';

/** Where what is typed lies now. Always on the page; spoken only when the server stays away or nothing can be kept. */
export function DraftStatus({ draft, isSending = false }: { draft: DraftState; isSending?: boolean }) {
  const { t } = useTranslation('drafting');
  const { kept, hasRoom } = draft;
  const isTrouble = isSending || ['local', 'unsaved', 'refused'].includes(kept.where);
  return (
    <div className={styles.status}>
      <p role={isTrouble ? 'status' : undefined}>
        {isSending && t('sending')}
        {!isSending && kept.where === 'nowhere' && t('kept.nothing')}
        {!isSending && kept.where === 'typing' && t('kept.typing')}
        {!isSending && kept.where === 'unsaved' && t('kept.unsaved')}
        {!isSending && 'at' in kept && t(`kept.${kept.where}`, { time: clockOf(kept.at) })}
      </p>
      {!hasRoom && kept.where !== 'unsaved' && <p role="status">{t('kept.noRoom')}</p>}
    </div>
  );
}
