import { useTranslation } from 'react-i18next';
import { clockOf, dayOf, momentOf, nearnessOf } from '@/shared/time';
import styles from './DueBadge.module.css';
import { dueWord } from './dueWords';

/** By when, and whether that is past: in words, not by colour alone. */
export function DueBadge({ due }: { due: string }) {
  const { t } = useTranslation('work');
  const { word, count } = dueWord(due);
  return (
    <time dateTime={due} title={momentOf(due)} className={styles[nearnessOf(due)]}>
      {t(`due.${word}`, { count, date: dayOf(due), time: clockOf(due) })}
    </time>
  );
}
