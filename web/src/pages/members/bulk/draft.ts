import type { BulkRoles } from 'bff/contract';
import { endOfDay } from '../../../features/assign-roles/role-days.ts';

/** Role id -> what is to happen to it. */
export type BulkDraft = Readonly<Record<string, 'add' | 'remove'>>;

/** The members who are meant: these, or all whom the list's filters match. */
export type Whom = { memberIds: string[] } | { filter: NonNullable<BulkRoles['filter']> };

/** As the server takes it. `lastDay` is a day such as "2026-11-21", or empty for no end. */
export function bulkBody(
  whom: Whom,
  draft: BulkDraft,
  { lastDay, reason }: { lastDay: string; reason: string },
): BulkRoles {
  const those = (what: 'add' | 'remove') => Object.keys(draft).filter((id) => draft[id] === what);
  const add = those('add');
  return {
    ...whom,
    add,
    remove: those('remove'),
    validUntil: add.length > 0 ? endOfDay(lastDay) : null,
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  };
}

/** Filters that the bulk change knows too; undefined where the list shows people by others. */
export function bulkFilter(q: string, filters: Record<string, string>): NonNullable<BulkRoles['filter']> | undefined {
  const { status, roleId, ...others } = filters;
  if (Object.keys(others).length > 0 || status === 'left') return undefined;
  return {
    ...(q ? { q } : {}),
    ...(roleId ? { roleId } : {}),
    ...(status === 'active' || status === 'suspended' ? { status } : {}),
  };
}
