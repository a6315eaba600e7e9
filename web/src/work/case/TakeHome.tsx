import { useQueryClient } from '@tanstack/react-query';
import { useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { addressOf, askFilesNow, type CaseFile } from './beside';
import styles from './Beside.module.css';

/** The link that saves a file. It looks first whether it can be had, so that no answer that says no is saved in its name. */
export function TakeHome({ file, caseId }: { file: CaseFile; caseId: string }) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const { name } = file;
  async function take(event: MouseEvent<HTMLAnchorElement>): Promise<void> {
    event.preventDefault();
    const link = event.currentTarget.cloneNode() as HTMLAnchorElement;
    setFailure(undefined);
    try {
      await askFilesNow(queries, caseId);
      link.click();
    } catch (problem) {
      setFailure(problem);
    }
  }
  return (
    <>
      <a
        className={styles.link}
        href={addressOf(caseId, file)}
        download={name}
        aria-label={t('files.downloadLabel', { name })}
        onClick={(event) => void take(event)}
      >
        {t('files.download')}
      </a>
      {failure !== undefined && <ProblemNotice error={failure} />}
    </>
  );
}
