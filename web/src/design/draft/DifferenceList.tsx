import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { differencesBetween } from '../drawing/differences';
import { useWords } from '../drawing/useWords';
import styles from './DraftPage.module.css';

interface Props {
  before: string;
  after: string;
  label: string;
}

/** What is other in one diagram than in another, in words. */
export function DifferenceList({ before, after, label }: Props) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const differences = useMemo(() => differencesBetween(before, after), [before, after]);
  if (differences.length === 0) return <p>{t('differences.none')}</p>;
  return (
    <ul aria-label={label} className={styles.differences}>
      {differences.map(({ id, what, tag, name }) => (
        <li key={id}>
          {t(`differences.${what}`)} {words.tag(tag)} <span data-content>{name || id}</span>
        </li>
      ))}
    </ul>
  );
}
