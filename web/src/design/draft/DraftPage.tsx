import './texts';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Loading } from '@/shared/ui/Loading';
import { PageProblem } from '@/shared/ui/PageProblem';
import type { WholeDraft } from '../drafts';
import { DraftRoom } from './DraftRoom';
import { useFreshDraft } from './useDraftFiles';

const route = getRouteApi('/shell/design/drafts/$draftId');

/** A draft of a process: its diagram, what is said about each element, what is wrong, and the way to being live. */
export function DraftPage() {
  const { draftId } = route.useParams();
  const { whole, error, refetch } = useFreshDraft(draftId);
  if (error) return <PageProblem error={error} onRetry={() => void refetch()} />;
  if (!whole) return <Loading />;
  return <OpenDraft key={draftId} first={whole} />;
}

/** The draft as it was opened: nothing that is read later changes it under the one who draws. */
function OpenDraft({ first }: { first: WholeDraft }) {
  const [whole, setWhole] = useState(first);
  return <DraftRoom key={whole.draft.revision} whole={whole} onReopen={setWhole} />;
}
