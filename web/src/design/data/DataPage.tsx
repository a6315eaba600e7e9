import '../draft/texts';
import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { SourceEditor } from '@/shared/source/SourceEditor';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DraftNav } from '../draft/DraftNav';
import { nameOf } from '../draft/nameOf';
import { OlderCopy } from '../draft/OlderCopy';
import { SaveStatus } from '../draft/SaveStatus';
import { useDraftFiles, useFreshDraft } from '../draft/useDraftFiles';
import { findingsQuery, type WholeDraft } from '../drafts';
import styles from './Data.module.css';
import { DeclaredNames } from './DeclaredNames';
import { DATA_SCHEMA } from './names';
import { NewName } from './NewName';

const route = getRouteApi('/shell/design/drafts/$draftId/data');

/** What a case of a draft's process remembers beside the answers of its forms: the names, and what each may hold. */
export function DataPage() {
  const { draftId } = route.useParams();
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return <Room key={draftId} whole={whole} />;
}

function Room({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('data');
  const language = currentLanguage();
  const { files, write, saver, older } = useDraftFiles(whole, DATA_SCHEMA, (path) => path === DATA_SCHEMA);
  const { revision } = useSyncExternalStore(saver.subscribe, saver.kept);
  const { data: findings = [] } = useQuery(findingsQuery(whole.draft.id, revision));
  const text = files[DATA_SCHEMA] ?? '';
  const writeText = (changed: string): void => {
    write({ [DATA_SCHEMA]: changed });
  };
  return (
    <div className={styles.page}>
      <PageTitle>{t('title', { name: nameOf(whole) })}</PageTitle>
      <DraftNav draftId={whole.draft.id} />
      <SaveStatus saver={saver} draft={whole.draft} what={DATA_SCHEMA} />
      {older && <OlderCopy left={older} whole={whole} what={DATA_SCHEMA} saver={saver} />}
      <p>{t('about')}</p>
      <section className={styles.panel} aria-labelledby="names">
        <h2 id="names">{t('names')}</h2>
        <DeclaredNames text={text} onWrite={writeText} />
        <NewName text={text} onWrite={writeText} />
      </section>
      <SourceEditor
        label={DATA_SCHEMA}
        language="json"
        text={text}
        problems={findings
          .filter((one) => one.file === DATA_SCHEMA)
          .map((one) => ({
            line: one.line ?? undefined,
            text: `${one.message[language]} ${one.remedy[language]}`,
            isError: one.severity === 'error',
          }))}
        onChange={writeText}
      />
    </div>
  );
}
