import '../drafting/texts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './HowItGoes.module.css';
import type { Doing } from './useDoing';

interface Props {
  doing: Doing;
  /** What became of it, when it is done. */
  children?: ReactNode;
}

/** How it goes with something that a button does: that nobody answers yet, what the server says against it, or that it is done. */
export function HowItGoes({ doing: { isSilent, failure }, children }: Props) {
  const { t } = useTranslation('drafting');
  return (
    <>
      <p role="status" className={styles.told} data-content>
        {isSilent ? t('sending') : children}
      </p>
      {failure !== undefined && <ProblemNotice error={failure} />}
    </>
  );
}
