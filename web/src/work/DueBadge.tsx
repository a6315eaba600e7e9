import { useTranslation } from 'react-i18next';
import { dayOf, nearnessOf } from '@/shared/time';
import styles from './DueBadge.module.css';

/** By when, and whether that is past: in words, not by colour alone. */
export function DueBadge({ due }: { due: string }) {
  const { t } = useTranslation('work');
  const date = dayOf(due);
  const nearness = nearnessOf(due);
  return <span className={styles[nearness]}>{t(`due.${nearness}`, { date })}</span>;
}
