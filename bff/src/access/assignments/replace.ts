import { AppError } from '../../core/errors.ts';
import { onlyRow } from '../../db/rows.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { clearOwnerlessAlarm } from './owner.ts';
import { writeAssignments } from './write.ts';

interface DesiredAssignment {
  roleId: string;
  isPrimary: boolean;
  /** Null starts now, or keeps an earlier start. */
  validFrom?: Date | null;
  /** Null for an assignment without end. */
  validUntil: Date | null;
}

interface Replacement {
  tenantId: string;
  memberId: string;
  userId: string;
  /** Actor id; null when the provider or the system assigns. */
  by: string | null;
  wanted: readonly DesiredAssignment[];
  /** Read already, under the lock. */
  held?: Held | undefined;
}

/**
 * Replaces the roles of a member: assignments that are not wanted end, new ones begin, and a changed one ends and begins again, so that
 * history can be replayed. The caller holds the tenant's lock and has checked the grant.
 */
export async function replaceAssignments(
  tx: Tx,
  { tenantId, memberId, userId, by, wanted, held: known }: Replacement,
): Promise<void> {
  const { now, held } = known ?? (await readHeld(tx, tenantId, memberId));
  // A start in the past becomes now: a role cannot have been held before it was assigned. Without a start the present one stays.
  const startOf = (role: DesiredAssignment) => {
    const have = held.find(({ roleId, validUntil }) => roleId === role.roleId && (!validUntil || validUntil > now));
    const start = role.validFrom ?? have?.validFrom;
    return start && start > now ? start : now;
  };
  const errors = wanted.flatMap((role) => {
    if (role.validUntil && role.validUntil <= now) return ['ends_in_the_past'];
    return role.validUntil && role.validUntil <= startOf(role) ? ['ends_before_it_begins'] : [];
  });
  if (errors.length > 0) throw new AppError('validation_failed', { errors: { roles: errors } });
  const isSame = (want: DesiredAssignment, have: (typeof held)[number]) =>
    want.roleId === have.roleId &&
    want.isPrimary === have.isPrimary &&
    want.validUntil?.getTime() === have.validUntil?.getTime() &&
    (have.validFrom <= now ? startOf(want) <= now : startOf(want).getTime() === have.validFrom.getTime());

  const beginning = wanted.filter((role) => !held.some((have) => isSame(role, have)));
  // One that has run out is no change of its own, but makes room for the same role.
  const isOver = ({ validUntil }: (typeof held)[number]) => validUntil !== null && validUntil <= now;
  const ending = held.filter(
    (have) =>
      !wanted.some((other) => isSame(other, have)) &&
      (!isOver(have) || beginning.some(({ roleId }) => roleId === have.roleId)),
  );
  await writeAssignments(tx, {
    tenantId,
    by,
    now,
    ending: ending.map(({ id }) => id),
    beginning: beginning.map(({ roleId, isPrimary, ...role }) => ({
      membershipId: memberId,
      userId,
      roleId,
      isPrimary,
      validFrom: startOf({ roleId, isPrimary, ...role }),
      validUntil: role.validUntil,
    })),
  });
  await clearOwnerlessAlarm(tx, [tenantId]);
}

interface HeldRow {
  id: string;
  roleId: string;
  isPrimary: boolean;
  validFrom: string;
  validUntil: string | null;
}
export type Held = Awaited<ReturnType<typeof readHeld>>;

/** Reads the assignments that have not ended, and the time of the database, by which every assignment begins and ends. */
export async function readHeld(tx: Tx, tenantId: string, memberId: string) {
  const rows = await tx.$queryRaw<{ now: Date; held: HeldRow[] }[]>`
    SELECT clock_timestamp() AS now, coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', id, 'roleId', role_id, 'isPrimary', is_primary, 'validFrom', valid_from, 'validUntil', valid_until))
      FROM membership_role WHERE tenant_id = ${tenantId}::uuid AND membership_id = ${memberId}::uuid AND ended_at IS NULL
    ), '[]') AS held`;
  const { now, held: found } = onlyRow(rows);
  const held = found.map(({ validFrom, validUntil, ...assignment }) => ({
    ...assignment,
    validFrom: new Date(validFrom),
    validUntil: validUntil === null ? null : new Date(validUntil),
  }));
  return { now, held };
}
