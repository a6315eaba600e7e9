import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { PageProblem } from '@/shared/ui/PageProblem';
import { OpenFrame } from './OpenFrame';

/** Where a page would have been that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <PageProblem
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

/** The same where not even the frame around the pages could be shown. */
export function OpenErrorPage(props: ErrorComponentProps) {
  return (
    <OpenFrame>
      <ErrorPage {...props} />
    </OpenFrame>
  );
}
