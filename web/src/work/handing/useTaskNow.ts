import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { concerns } from '@/shared/live';
import { useSession } from '@/shared/session';
import { useLive } from '@/shared/useLive';
import { readStanding, type Task } from '../tasks';

/**
 * The task as it stands now, whoever has changed it since it was opened; what is being typed is not touched by that.
 * It is gone when it has been given to somebody else and is none of one's own to see.
 */
export function useTaskNow(opened: Task): { task: Task; isGone: boolean } {
  const me = useSession().userId;
  const isOwn = opened.claimedBy?.id === me && opened.state === 'claimed';
  const [looks, setLooks] = useState(0);
  useLive((heard) => {
    if (concerns(heard, 'tasks', opened.caseId)) setLooks((count) => count + 1);
  });
  const { data } = useQuery({
    queryKey: ['task-now', opened.id, looks],
    queryFn: async () => (await readStanding([opened.id]))[0] ?? null,
    enabled: looks > 0,
    placeholderData: (before) => before,
    gcTime: 0,
    staleTime: Infinity,
  });
  return { task: data && data.revision > opened.revision ? data : opened, isGone: data === null && isOwn };
}
