import { useTranslation } from 'react-i18next';
import { DataTable } from '../data/DataTable';
import styles from './IncidentItem.module.css';

interface Props {
  caseId: string;
  call: string;
  data: Readonly<Record<string, unknown>>;
}

/** The data that the step had to work with. */
export function WhatIsKnown({ caseId, call, data }: Props) {
  const { t } = useTranslation('audit');
  return (
    <details className={styles.known}>
      <summary>{t('incidents.known')}</summary>
      <DataTable caseId={caseId} call={call} values={data} label={t('incidents.known')} />
    </details>
  );
}
