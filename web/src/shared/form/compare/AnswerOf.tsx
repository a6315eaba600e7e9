import { useTranslation } from 'react-i18next';
import { AnswerValue } from '../AnswerList';
import type { FormDefinition } from '../CaseForm';
import type { Json } from '../rules/schema';
import { isEmpty, type Difference } from './differences';
import styles from './SideBySide.module.css';

interface Props {
  form: FormDefinition;
  difference: Difference;
  value: Json | undefined;
}

/** One side's answer in the form's own words, or that there is none. */
export function AnswerOf({ form, difference, value }: Props) {
  const { t } = useTranslation();
  if (isEmpty(value)) return <span className={styles.none}>{t('compare.none')}</span>;
  return <AnswerValue form={form} at={difference.field} value={value ?? null} />;
}
