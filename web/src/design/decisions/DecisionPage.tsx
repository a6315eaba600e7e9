import '../draft/texts';
import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/ui/Loading';
import { Notice } from '@/shared/ui/Notice';
import { PageProblem } from '@/shared/ui/PageProblem';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DraftNav } from '../draft/DraftNav';
import { OlderCopy } from '../draft/OlderCopy';
import { RemoveFiles } from '../draft/RemoveFiles';
import { SaveStatus } from '../draft/SaveStatus';
import { useDraftFiles, useFreshDraft } from '../draft/useDraftFiles';
import { findingsQuery, type WholeDraft } from '../drafts';
import { pathOf } from './decisionFiles';
import { DecisionBench } from './DecisionBench';
import { readDecision } from './decisionSearch';
import styles from './Decisions.module.css';
import { decisionsIn } from './dmnXml';
import { FileFindings } from './FileFindings';
import { FileSource } from './FileSource';
import type { Place } from './places';
import { TrialPanel } from './TrialPanel';
import { useTrial } from './useTrial';

const route = getRouteApi('/shell/design/drafts/$draftId/decisions/$file');

/** A file of decisions of a draft: its rules to be changed and tried. */
export function DecisionPage() {
  const { draftId, file } = route.useParams();
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return <Room key={file} whole={whole} path={pathOf(file)} />;
}

function Room({ whole, path }: { whole: WholeDraft; path: string }) {
  const { t } = useTranslation('decisions');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const draftId = whole.draft.id;
  const { files, write, saver, older } = useDraftFiles(whole, path, (name) => name === path);
  const kept = useSyncExternalStore(saver.subscribe, saver.kept);
  const { data: findings = [] } = useQuery(findingsQuery(draftId, kept.revision));
  const xml = files[path] ?? '';
  const decisions = decisionsIn(xml) ?? [];
  const decision = decisions.find((one) => one.id === search.decision) ?? decisions.at(-1);
  const tried = useTrial({ draft: draftId }, decision?.id, kept.revision, { [path]: xml });
  const writeFile = (text: string): void => {
    write({ [path]: text });
  };
  const own = findings.filter((one) => one.file === path);
  const choose = (change: Record<string, string | number | undefined>): void => {
    void navigate({
      search: (before) => readDecision({ ...before, line: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current !== undefined && goToField(wanted.current)) wanted.current = undefined;
  });
  const go = (to: Place | number): void => {
    if (typeof to === 'number') choose({ view: 'source', line: to });
    else {
      wanted.current = to.field;
      choose({ decision: to.decision, view: undefined });
      if (goToField(to.field)) wanted.current = undefined;
    }
  };
  return (
    <div className={styles.page} data-wide>
      <PageTitle>{decision?.name ?? path}</PageTitle>
      <DraftNav draftId={draftId} />
      <div className={styles.bar}>
        <Link to="/design/drafts/$draftId/decisions" params={{ draftId }}>
          {t('back')}
        </Link>
        <SaveStatus saver={saver} draft={whole.draft} what={path} />
      </div>
      {older && <OlderCopy left={older} whole={whole} what={path} saver={saver} />}
      {decision ? (
        <DecisionBench
          xml={xml}
          decisions={decisions}
          decision={decision}
          view={search.view}
          trial={tried.trial}
          onChoose={choose}
          onWrite={writeFile}
        />
      ) : (
        <Notice tone="warning">{t(decisionsIn(xml) ? 'empty' : 'unreadable')}</Notice>
      )}
      {(search.view === 'source' || !decision) && (
        <FileSource
          path={path}
          xml={xml}
          findings={own}
          line={search.line}
          onWrite={(text) => {
            // It stays open when what is written makes the file one that can be read, or one that cannot.
            if (search.view !== 'source') choose({ view: 'source' });
            writeFile(text);
          }}
        />
      )}
      {decision && search.view !== 'source' && <FileFindings xml={xml} findings={own} onGo={go} />}
      {decision && <TrialPanel tried={tried} hint={t('tryHint')} />}
      <RemoveFiles
        what="decision"
        name={decision?.name ?? path}
        draftId={draftId}
        paths={[path]}
        saver={saver}
        onRemoved={() => void navigate({ to: '/design/drafts/$draftId/decisions', params: { draftId } })}
      />
    </div>
  );
}

/** Puts the focus in a field, in whatever is folded around it; whether it is there. */
function goToField(id: string): boolean {
  const field = document.getElementById(id);
  field?.closest('details')?.setAttribute('open', '');
  field?.scrollIntoView({ block: 'center', inline: 'center' });
  field?.focus();
  return field !== null;
}
