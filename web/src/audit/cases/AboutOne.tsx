import { useTranslation } from 'react-i18next';
import { EntryName } from '@/shared/form/AnswerList';
import { Button } from '@/shared/ui/Button';
import type { Sought } from '../caseFilter';
import styles from '../CasesPage.module.css';

interface Props {
  about: NonNullable<Sought['about']>;
  onClear: () => void;
}

/** That only cases about one person, or whatever else a register holds, are listed. */
export function AboutOne({ about: { register, key }, onClear }: Props) {
  const { t } = useTranslation('audit');
  return (
    <p className={styles.about}>
      <span>
        {t('cases.onlyAbout')}{' '}
        <strong data-content>
          <EntryName register={register} entry={key} />
        </strong>
      </span>
      <Button onClick={onClear}>{t('cases.aboutAnybody')}</Button>
    </p>
  );
}
