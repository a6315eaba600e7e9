import './texts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { upload } from '@/api/upload';
import { currentLanguage } from '@/shared/i18n';
import { FilePick } from '@/shared/ui/FilePick';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { isSilence, tryOnce } from '../drafting/sendOnce';
import { filesQuery, type FileList } from './beside';
import styles from './Beside.module.css';
import { KeptFile } from './KeptFile';
import { refusalOf, sizeInWords } from './fileRules';

/** The case's files: added with word of how far it has come, shown, taken home, and removed where they should not be. */
export function CaseFiles({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const { data, error, refetch } = useQuery(filesQuery(caseId));
  const [removed, setRemoved] = useState('');
  return (
    <section id="files" className={styles.section} aria-labelledby="files-title">
      <h2 id="files-title">{t('files.title')}</h2>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <NewFile caseId={caseId} taken={data} />}
      <p role="status" data-content>
        {removed && t('files.removed', { name: removed })}
      </p>
      {data?.items.length === 0 && <p className={styles.soft}>{t('files.none')}</p>}
      {data && data.items.length > 0 && (
        <ul className={styles.list}>
          {data.items.map((file) => (
            <KeptFile key={file.id} file={file} caseId={caseId} onRemoved={setRemoved} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewFile({ caseId, taken }: { caseId: string; taken: FileList }) {
  const { t } = useTranslation('case');
  const queries = useQueryClient();
  const { userId } = useSession();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; percent: number }>();
  const [added, setAdded] = useState('');
  const [wrong, setWrong] = useState('');
  /** What nobody has answered: it may have come or not, and is added once whichever it is. */
  const [lost, setLost] = useState<File>();
  const most = sizeInWords(taken.mostBytes, currentLanguage());
  const endings = taken.endings.join(', ');

  async function send(file: File): Promise<void> {
    setAdded('');
    setLost(undefined);
    const { name } = file;
    const refusal = refusalOf(file, taken);
    setWrong(
      refusal ? t(`files.${refusal}`, { name, most, endings, size: sizeInWords(file.size, currentLanguage()) }) : '',
    );
    if (refusal) return;
    setSending({ name, percent: 0 });
    try {
      const path = `/api/v1/cases/${encodeURIComponent(caseId)}/files`;
      const onProgress = (percent: number) => {
        setSending({ name, percent });
      };
      const body = [name, file.size, file.lastModified];
      await tryOnce(userId, `file ${caseId}`, body, (key) => upload({ path, file, key, onProgress }));
      setAdded(name);
      await queries.invalidateQueries({ queryKey: ['case', caseId] });
    } catch (problem) {
      const told =
        problem instanceof ApiProblem ? (problem.document.problems?.[0]?.text ?? problem.message) : undefined;
      setWrong(told ?? t('files.lost', { name }));
      if (isSilence(problem)) setLost(file);
    } finally {
      setSending(undefined);
      if (field.current) field.current.value = '';
    }
  }
  return (
    <div className={styles.form}>
      <div className={styles.field}>
        <p id={`${id}-hint`} className={styles.soft}>
          {t('files.hint', { endings, most })}
        </p>
        {wrong && (
          <p id={`${id}-error`} className={styles.wrong} role="alert" data-content>
            {wrong}
          </p>
        )}
        {lost && !sending && (
          <div>
            <Button
              onClick={() => {
                void send(lost);
              }}
            >
              {t('files.again')}
            </Button>
          </div>
        )}
        <FilePick
          text={t('files.add')}
          ref={field}
          accept={taken.endings.map((ending) => `.${ending}`).join(',')}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-hint${wrong ? ` ${id}-error` : ''}`}
          disabled={sending !== undefined}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void send(file);
          }}
        />
      </div>
      {sending && (
        <div>
          <p id={`${id}-sending`}>{t('files.sending', sending)}</p>
          <progress className={styles.progress} max={100} value={sending.percent} aria-labelledby={`${id}-sending`} />
        </div>
      )}
      <p role="status" data-content>
        {added && t('files.added', { name: added })}
      </p>
    </div>
  );
}
