import { useQuery } from '@tanstack/react-query';
import { type Page, partsOfCode, type Row } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';

type Permission = Row<'permissions'>;

/** Returns all pages of the catalogue, ordered by code. */
async function readAll(scope: 'tenant' | undefined, signal: AbortSignal): Promise<Permission[]> {
  const all: Permission[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, sort: 'code', scope, cursor };
    const { data, page } = await request<{ data: Permission[]; page: Page }>('GET', '/api/admin/permissions', {
      query,
      signal,
    });
    all.push(...data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return all;
}

/** The permission catalogue; a tenant's roles hold no platform permissions. */
export function useCatalogue(scope: 'tenant' | undefined, enabled = true) {
  const { data, error, refetch } = useQuery<Permission[], ApiError>({
    queryKey: ['catalogue', scope ?? 'all'],
    queryFn: ({ signal }) => readAll(scope, signal),
    enabled,
  });
  return { permissions: data, error, retry: () => void refetch() };
}

export type ResourceGroup<T> = { resource: string; permissions: T[] };

/** Groups codes `resource:action` by resource, keeping their order. */
export function byResource<T extends { code: string }>(permissions: T[]): ResourceGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const permission of permissions) {
    const { resource } = partsOfCode(permission.code);
    groups.set(resource, [...(groups.get(resource) ?? []), permission]);
  }
  return [...groups].map(([resource, held]) => ({ resource, permissions: held }));
}
