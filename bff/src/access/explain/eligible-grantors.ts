import type { UserRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type AccessRow, type ActorAccess, accessOfRow, holds } from '../actor.ts';
import type { Grant } from '../conditions.ts';

const MAX_GRANTORS = 10;

export interface Criteria {
  /** Permissions that the operation itself needs. */
  rights: readonly string[];
  /** Grants that `isEligible` checks, so that only members who hold them in some form are read. */
  grants?: readonly Grant[];
  isEligible?: (access: ActorAccess) => boolean;
}

export const isEligibleGrantor = (access: ActorAccess, { rights, isEligible = () => true }: Criteria): boolean =>
  rights.every((right) => holds(access, right)) && isEligible(access);

/** Returns the members who could do an operation now, by name. */
export async function findEligibleGrantors(tx: Tx, criteria: Criteria): Promise<UserRef[]> {
  const { rights, grants = [] } = criteria;
  const codes = [...new Set([...rights, ...grants.map(({ code }) => code)])];
  const rows = await tx.$queryRaw<(AccessRow & { image_url: string | null })[]>`
    SELECT candidate.*, person.image_url FROM members_with_permissions(${codes}::text[]) candidate
    JOIN "user" person ON person.id = candidate.user_id ORDER BY person.sort_name, person.id`;
  return rows
    .map((row) => ({ row, access: accessOfRow(row) }))
    .filter(({ access }) => isEligibleGrantor(access, criteria))
    .slice(0, MAX_GRANTORS)
    .map(({ row }) => ({ id: row.user_id ?? '', name: row.user_name, email: row.user_email, imageUrl: row.image_url }));
}
