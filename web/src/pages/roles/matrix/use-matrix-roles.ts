import { useQuery } from '@tanstack/react-query';
import type { Page, RoleDetail, Row } from 'bff/contract';
import type { ApiError } from '../../../api.ts';
import { request } from '../../../api.ts';

const AT_ONCE = 6;

async function readRoles(resource: string, signal: AbortSignal): Promise<RoleDetail[]> {
  const roles: Row<'roles'>[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, sort: 'name', cursor };
    const answer = await request<{ data: Row<'roles'>[]; page: Page }>('GET', `/api/admin/${resource}`, {
      query,
      signal,
    });
    roles.push(...answer.data);
    cursor = answer.page.nextCursor ?? undefined;
  } while (cursor);

  const details: RoleDetail[] = [];
  for (let at = 0; at < roles.length; at += AT_ONCE) {
    const some = roles.slice(at, at + AT_ONCE);
    details.push(
      ...(await Promise.all(
        some.map(({ id }) => request<RoleDetail>('GET', `/api/admin/${resource}/${id}`, { signal })),
      )),
    );
  }
  return details.sort((one, other) => rank(one) - rank(other));
}

/** What gives everything first, then what comes with Rolecall, then what was made here; each in order of names. */
const rank = ({ isOwner, isSystem }: RoleDetail) => (isOwner ? 0 : isSystem ? 1 : 2);

/** Every role of a place with its permissions. */
export function useMatrixRoles(resource: string) {
  const { data, error, refetch } = useQuery<RoleDetail[], ApiError>({
    queryKey: ['role-matrix', resource],
    queryFn: ({ signal }) => readRoles(resource, signal),
  });
  return { roles: data, error, retry: () => void refetch() };
}
