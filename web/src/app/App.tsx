import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiProblem } from '@/api/problem';
import { makeRouter } from './router';
import { SignInAgain } from './SignInAgain';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // An answer that says no stays no; a network that fails may come back.
      retry: (failures, error) => !(error instanceof ApiProblem && error.status < 500) && failures < 2,
    },
  },
});
const router = makeRouter(queries);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <SignInAgain />
    </QueryClientProvider>
  );
}
