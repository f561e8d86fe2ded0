import type { BulkRoles } from 'bff/contract';

/** Role id -> add or remove. */
export type BulkDraft = Readonly<Record<string, 'add' | 'remove'>>;

/** The selected members: by id, or all that match the filters. */
export type BulkTarget = { memberIds: string[] } | { filter: NonNullable<BulkRoles['filter']> };

/** Returns the request body. `until` is the end of the added roles, if any. */
export function bulkBody(whom: BulkTarget, draft: BulkDraft, until: string | null): BulkRoles {
  const those = (what: 'add' | 'remove') => Object.keys(draft).filter((id) => draft[id] === what);
  const add = those('add');
  return { ...whom, add, remove: those('remove'), validUntil: add.length > 0 ? until : null };
}

/** Returns the filters for the bulk change; undefined if one of them is not supported there. */
export function bulkFilter(q: string, filters: Record<string, string>): NonNullable<BulkRoles['filter']> | undefined {
  const { status, roleId, ...others } = filters;
  if (Object.keys(others).length > 0 || status === 'left') return undefined;
  return {
    ...(q ? { q } : {}),
    ...(roleId ? { roleId } : {}),
    ...(status === 'active' || status === 'suspended' ? { status } : {}),
  };
}
