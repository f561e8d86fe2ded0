import { partsOfCode } from 'bff/contract';
import { useAllRows } from '../../providers/data/use-all-rows.ts';

/** The permission catalogue; a tenant's roles hold no platform permissions. */
export function useCatalogue(scope: 'tenant' | undefined, enabled = true) {
  const { rows, ...rest } = useAllRows<'permissions'>('permissions', { sort: 'code', scope }, enabled);
  return { ...rest, permissions: rows };
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
