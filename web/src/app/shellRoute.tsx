/** What every page lies in: the route of all, and that of those who are signed in. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { sessionQuery } from '@/shared/session';
import { OpenErrorPage } from './ErrorPage';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

interface Context {
  queries: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({
  notFoundComponent: NotFoundPage,
  errorComponent: OpenErrorPage,
});

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    return { session };
  },
  component: Shell,
});
