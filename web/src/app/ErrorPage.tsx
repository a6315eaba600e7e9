import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';

/** Where a page would have been that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ProblemNotice
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
