import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { currentLanguage } from '@/shared/i18n';
import { useSession } from '@/shared/session';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import type { CaseFile } from './beside';
import styles from './Beside.module.css';
import { opensByItself, shownAs, sizeInWords } from './fileRules';
import { ReasonForm } from './ReasonForm';
import { ShownFile } from './ShownFile';
import { TakeHome } from './TakeHome';

interface Props {
  file: CaseFile;
  caseId: string;
  onRemoved: (name: string) => void;
}

/** One file: what it is, and what can be done with it. */
export function KeptFile({ file, caseId, onRemoved }: Props) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const { userId, memberships } = useSession();
  const [isShown, setShown] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const { name } = file;
  const mayRemove = file.addedBy.id === userId || memberships.some((unit) => unit.manages);

  async function remove(reason: string, key: string): Promise<void> {
    const params = { path: { case_id: caseId, file_id: file.id }, header: { 'Idempotency-Key': key } };
    await ask(api.POST('/api/v1/cases/{case_id}/files/{file_id}/remove', { params, body: { reason } }));
  }
  return (
    <li className={styles.one}>
      <p className={styles.name} data-content>
        {name}
      </p>
      <p className={styles.soft} data-content>
        {t('files.facts', {
          size: sizeInWords(file.size, currentLanguage()),
          name: file.addedBy.name,
          when: momentOf(file.addedAt),
        })}
      </p>
      <div className={styles.actions}>
        {shownAs(file.mediaType) && (
          <Button
            aria-expanded={isShown}
            aria-label={t(isShown ? 'files.hideLabel' : 'files.viewLabel', { name })}
            data-content
            onClick={() => {
              setShown(!isShown);
            }}
          >
            {t(isShown ? 'files.hide' : 'files.view')}
          </Button>
        )}
        {opensByItself(file.mediaType) && (
          <Link
            to="/work/cases/$caseId/files/$fileId"
            params={{ caseId, fileId: file.id }}
            className={styles.link}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('files.openLabel', { name })}
            data-content
          >
            {t('files.open')}
          </Link>
        )}
        <TakeHome file={file} caseId={caseId} />
        {mayRemove && !isRemoving && (
          <Button
            look="plain"
            aria-label={t('files.removeLabel', { name })}
            data-content
            onClick={() => {
              setRemoving(true);
            }}
          >
            {t('files.remove')}
          </Button>
        )}
      </div>
      {isShown && <ShownFile file={file} caseId={caseId} />}
      {isRemoving && (
        <ReasonForm
          what={`remove ${file.id}`}
          label={t('files.removeReason')}
          hint={t('files.removeHint')}
          save={t('files.removeSave')}
          request={remove}
          onDone={async () => {
            onRemoved(name);
            await queries.invalidateQueries({ queryKey: ['case', caseId] });
          }}
          onClose={() => {
            setRemoving(false);
          }}
        />
      )}
    </li>
  );
}
