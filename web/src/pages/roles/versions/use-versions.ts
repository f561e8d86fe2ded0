import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { Page, RoleDetail, RoleVersion } from 'bff/contract';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';

type Answer = { data: RoleVersion[]; page: Page };
const AT_A_TIME = 10;

/** The versions of a role, newest first, loaded page by page. */
export function useVersions(role: RoleDetail) {
  const path = `${useTenantScope().resource('roles')}/${role.id}/versions`;
  const query = useInfiniteQuery<Answer, ApiError, InfiniteData<Answer>, string[], string | undefined>({
    queryKey: ['role-versions', path],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      request<Answer>('GET', `/api/admin/${path}`, { query: { limit: AT_A_TIME, cursor: pageParam }, signal }),
    getNextPageParam: ({ page }) => page.nextCursor ?? undefined,
  });
  return { path, query, versions: query.data?.pages.flatMap((page) => page.data) };
}
