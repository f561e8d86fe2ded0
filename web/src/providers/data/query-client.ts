import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../core/api.ts';
import { whenSignedOut } from '../auth/auth-provider.ts';

/** A refusal will not change by asking again; only a server or a network in trouble is tried twice more. */
const worthAnotherTry = (failures: number, error: unknown) =>
  error instanceof ApiError && (error.statusCode >= 500 || error.statusCode === 0) && failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: worthAnotherTry,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // The default keeps the last rows on screen, which after a switch would be another tenant's.
      placeholderData: undefined,
    },
    mutations: { retry: false },
  },
});

whenSignedOut(() => queryClient.clear());

/** Drops what was read in one tenant, so that nothing of it can appear in the next. */
export const removeTenantQueries = (tenantId: string) =>
  queryClient.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(`tenants/${tenantId}`) });
