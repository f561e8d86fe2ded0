import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../core/api.ts';
import { whenSignedOut } from '../auth/session.ts';
import { answerFromSession } from './session-answers.ts';

/** Retries only server and network errors, twice. A query that took too long would only do so again. */
export const shouldRetry = (failures: number, error: unknown) =>
  error instanceof ApiError &&
  (error.statusCode >= 500 || error.statusCode === 0) &&
  error.code !== 'query_timeout' &&
  failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The default holds requests back while navigator.onLine is false, without an error: the page would seem to load forever.
      networkMode: 'always',
      retry: shouldRetry,
      staleTime: 10_000,
      // The rows of the last visit are shown immediately, and refreshed.
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      // The default keeps the previous rows on screen, which would be another tenant's after a switch.
      placeholderData: undefined,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

answerFromSession(queryClient);
whenSignedOut(() => queryClient.clear());

/** Removes the cached queries of a tenant, so that none of its data can appear in the next. */
export const removeTenantQueries = (tenantId: string) =>
  queryClient.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(`tenants/${tenantId}`) });
