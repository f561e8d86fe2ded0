import { useInfiniteQuery } from '@tanstack/react-query';
import type { Page, RoleDetail, RoleVersion } from 'bff/contract';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';

type Answer = { data: RoleVersion[]; page: Page };
const AT_A_TIME = 10;

/** The versions of a role, newest first, loaded page by page. */
export function useVersions(role: RoleDetail) {
  const path = `${useTenantScope().resource('roles')}/${role.id}/versions`;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery<
    Answer,
    ApiError,
    { pages: Answer[] },
    string[],
    string | undefined
  >({
    queryKey: ['role-versions', path],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      request<Answer>('GET', `/api/admin/${path}`, { query: { limit: AT_A_TIME, cursor: pageParam }, signal }),
    getNextPageParam: ({ page }) => page.nextCursor ?? undefined,
  });
  return {
    path,
    versions: data?.pages.flatMap((page) => page.data),
    error,
    retry: () => void refetch(),
    older: hasNextPage ? () => void fetchNextPage() : undefined,
    isReadingOlder: isFetchingNextPage,
  };
}

/** Returns the fields that differ between two versions, with both values. */
export function differences(before: RoleVersion, after: RoleVersion) {
  const fields = Object.keys(after.snapshot) as (keyof RoleVersion['snapshot'])[];
  const changed = fields.filter(
    (field) => JSON.stringify(before.snapshot[field]) !== JSON.stringify(after.snapshot[field]),
  );
  const side = ({ snapshot }: RoleVersion) => Object.fromEntries(changed.map((field) => [field, snapshot[field]]));
  return { changed, before: side(before), after: side(after) };
}
