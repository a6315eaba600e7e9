import './texts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { DraftRoom } from './DraftRoom';
import { draftQuery } from './drafts';

const route = getRouteApi('/shell/design/drafts/$draftId');

/** A draft of a process: its diagram, what is said about each element, what is wrong, and the way to being live. */
export function DraftPage() {
  const { draftId } = route.useParams();
  const { data, error, refetch } = useQuery(draftQuery(draftId));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <DraftRoom key={draftId} whole={data} />;
}
