import '../draft/texts';
import './texts';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DraftNav } from '../draft/DraftNav';
import { nameOf } from '../draft/nameOf';
import { OlderCopy } from '../draft/OlderCopy';
import { SaveStatus } from '../draft/SaveStatus';
import { useDraftFiles, useFreshDraft } from '../draft/useDraftFiles';
import { runScenarios, type WholeDraft } from '../drafts';
import { RunSection } from './RunSection';
import { FOLDER } from './scenarios';
import styles from './Scenarios.module.css';
import { SourceSection } from './SourceSection';

const route = getRouteApi('/shell/design/drafts/$draftId/scenarios');

/** A draft's scenarios: played, and written. */
export function DraftScenariosPage() {
  const { draftId } = route.useParams();
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return <Room key={draftId} whole={whole} />;
}

function Room({ whole }: { whole: WholeDraft }) {
  const { t } = useTranslation('scenarios');
  const draftId = whole.draft.id;
  const { files, write, saver, older } = useDraftFiles(whole, FOLDER, (path) => path.startsWith(FOLDER));
  const run = useMutation({
    mutationFn: async () => {
      // What is written counts, also what was written in the last moment.
      if (!(await saver.flush())) throw new TypeError('not saved');
      return runScenarios(draftId);
    },
  });
  return (
    <div className={styles.page}>
      <PageTitle>{t('title.draft', { name: nameOf(whole) })}</PageTitle>
      <DraftNav draftId={draftId} />
      <SaveStatus saver={saver} draft={whole.draft} what={FOLDER} />
      {older && <OlderCopy left={older} whole={whole} what={FOLDER} saver={saver} />}
      <RunSection run={run} />
      <SourceSection draftId={draftId} files={files} saver={saver} onWrite={write} />
    </div>
  );
}
