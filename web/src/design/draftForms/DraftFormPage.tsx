import '../draft/texts';
import '../forms/texts';
import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { currentLanguage } from '@/shared/i18n';
import { DraftNav } from '../draft/DraftNav';
import { OlderCopy } from '../draft/OlderCopy';
import { RemoveFiles } from '../draft/RemoveFiles';
import { SaveStatus } from '../draft/SaveStatus';
import { useDraftFiles, useFreshDraft } from '../draft/useDraftFiles';
import { findingsQuery, type WholeDraft } from '../drafts';
import styles from './DraftForms.module.css';
import { readDraftForm } from './draftFormSearch';
import { FormFiles } from './FormFiles';
import { folderOf, namesOf, readForm } from './formFiles';
import { FormStanding } from './FormStanding';
import { LivePreview } from './LivePreview';

const route = getRouteApi('/shell/design/drafts/$draftId/forms/$formKey');

/** A form of a draft: its files to write in, what is wrong with them, and the form as people will see it. */
export function DraftFormPage() {
  const { draftId, formKey } = route.useParams();
  const { whole, error, refetch } = useFreshDraft(draftId);
  const [opened, setOpened] = useState(0);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return (
    <Bench
      key={`${formKey} ${String(opened)}`}
      whole={whole}
      formKey={formKey}
      onReplaced={() => {
        void refetch().then(() => {
          setOpened((times) => times + 1);
        });
      }}
    />
  );
}

interface Props {
  whole: WholeDraft;
  formKey: string;
  /** The form was replaced on the server. */
  onReplaced: () => void;
}

function Bench({ whole, formKey, onReplaced }: Props) {
  const { t } = useTranslation('draftForms');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const folder = folderOf(formKey);
  const { files, write, saver, older } = useDraftFiles(whole, folder, (name) => name.startsWith(folder));
  const kept = useSyncExternalStore(saver.subscribe, saver.kept);
  const { data: findings = [] } = useQuery(findingsQuery(whole.draft.id, kept.revision));
  const title = readForm(files, formKey)?.form.texts[currentLanguage()].title;
  const shownTitle = typeof title === 'string' && title ? title : formKey;
  const names = namesOf(files, formKey);
  const name = search.file && names.includes(search.file) ? search.file : 'schema.json';
  const choose = (change: Record<string, string | undefined>): void => {
    void navigate({ search: (before) => readDraftForm({ ...before, ...change }), replace: true, resetScroll: false });
  };
  return (
    <div className={styles.page} data-wide>
      <PageTitle>{shownTitle}</PageTitle>
      <DraftNav draftId={whole.draft.id} />
      <div className={styles.bar}>
        <Link to="/design/drafts/$draftId/forms" params={{ draftId: whole.draft.id }}>
          {t('back')}
        </Link>
        <SaveStatus saver={saver} draft={whole.draft} what={folder} />
      </div>
      {older && <OlderCopy left={older} whole={whole} what={folder} saver={saver} />}
      <FormStanding whole={whole} formKey={formKey} revision={kept.revision} onReplaced={onReplaced} />
      <div className={styles.bench}>
        <FormFiles
          key={formKey}
          formKey={formKey}
          files={files}
          name={name}
          findings={findings.filter((one) => one.file.startsWith(folder))}
          onChoose={(file) => {
            choose({ file });
          }}
          onWrite={write}
        />
        <LivePreview files={files} formKey={formKey} preview={search} onChoose={choose} />
      </div>
      <RemoveFiles
        what="form"
        name={shownTitle}
        draftId={whole.draft.id}
        paths={names.map((one) => folder + one).filter((one) => one in files)}
        saver={saver}
        onRemoved={() => void navigate({ to: '/design/drafts/$draftId/forms', params: { draftId: whole.draft.id } })}
      />
    </div>
  );
}
