import { useTranslation } from 'react-i18next';
import { clockOf } from '@/shared/time';
import styles from './DraftStatus.module.css';
import type { Kept } from './draftKeeper';

/** Where what is typed lies now. Always on the page; spoken only when the server stays away. */
export function DraftStatus({ kept }: { kept: Kept }) {
  const { t } = useTranslation('work');
  return (
    <p className={styles.status} role={kept.where === 'local' || kept.where === 'unsaved' ? 'status' : undefined}>
      {kept.where === 'nowhere' && t('draft.nothing')}
      {kept.where === 'typing' && t('draft.typing')}
      {kept.where === 'unsaved' && t('draft.unsaved')}
      {kept.where === 'local' && t('draft.local', { time: clockOf(kept.at) })}
      {kept.where === 'server' && t('draft.server', { time: clockOf(kept.at) })}
      {kept.where === 'taken' && t('draft.taken', { time: clockOf(kept.at) })}
    </p>
  );
}
