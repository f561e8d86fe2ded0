import { clearOwnerlessAlarm, hasOwner } from '../../access/assignments/owner.ts';
import { writeAssignments } from '../../access/assignments/write.ts';
import { assertCanGrant, assertHoldsAll, holdsAll, permissionsOfRoles } from '../../access/grants.ts';
import type { AuditChange, ChangeScope } from '../../audit/change.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import { databaseNow } from '../../db/clock.ts';
import type { Tx } from '../../db/tenant-tx.ts';

export interface BulkChange {
  add: readonly string[];
  remove: readonly string[];
  validUntil: string | null;
}
interface Scope extends Pick<ChangeScope, 'tx' | 'access'> {
  tenantId: string;
  actorId: string;
}
export interface Refused {
  memberId: string;
  code: 'grant_exceeds_own' | 'not_found';
}
interface Assignment {
  id: string;
  roleId: string;
  isPrimary: boolean;
  validUntil: Date | null;
}
type MemberRow = { memberId: string; userId: string } & (Assignment | { [K in keyof Assignment]: null });

/**
 * Adds and removes roles of each member. Members who hold more than the actor, or have left, stay as they are and are returned as
 * refused. Throws when the actor may not assign or remove these roles at all, or would remove the last owner.
 */
export async function applyBulk(
  { tx, access, tenantId, actorId }: Scope,
  memberIds: readonly string[],
  change: BulkChange,
) {
  const until = change.validUntil ? new Date(change.validUntil) : null;
  const changedRoles = await permissionsOfRoles(tx, tenantId, [...change.add, ...change.remove]);
  const grantsOf = (ids: readonly string[]) => ids.flatMap((id) => changedRoles.get(id)?.grants ?? []);
  assertCanGrant(access, grantsOf(change.add), until);
  assertHoldsAll(access, grantsOf(change.remove));

  const members = await membersWithRoles(tx, tenantId, memberIds);
  const assignments = new Map(members.map(({ id, assignments }) => [id, assignments]));
  const held = (memberId: string) => assignments.get(memberId) ?? [];
  const heldRoles = await permissionsOfRoles(tx, tenantId, [
    ...new Set([...assignments.values()].flat().map(({ roleId }) => roleId)),
  ]);
  const isCoveredByActor = (memberId: string) =>
    held(memberId).every(({ roleId }) => holdsAll(access, heldRoles.get(roleId)?.grants ?? []));

  const allowed = members.filter(({ id, userId }) => userId === actorId || isCoveredByActor(id));
  const allowedIds = new Set(allowed.map(({ id }) => id));
  const refused: Refused[] = memberIds
    .filter((id) => !allowedIds.has(id))
    .map((memberId) => ({ memberId, code: assignments.has(memberId) ? 'grant_exceeds_own' : 'not_found' }));

  const plans = allowed
    .map((member) => ({ ...member, ...plan(held(member.id), change, until) }))
    .filter(({ hasChanges }) => hasChanges);
  await write(tx, { tenantId, actorId }, plans);
  if (change.remove.some((id) => changedRoles.get(id)?.isOwner) && !(await hasOwner(tx, tenantId)))
    throw new AppError('last_owner');
  const recorded = (some: readonly Omit<Assignment, 'id'>[]) =>
    some.flatMap(({ roleId, isPrimary, validUntil }) => {
      const role = changedRoles.get(roleId) ?? heldRoles.get(roleId);
      return role ? [{ ...roleRef(role), isPrimary, validUntil }] : [];
    });
  const changes = plans.map(
    ({ id, userId, before, after }): AuditChange => ({
      before: { roles: recorded(before) },
      after: { roles: recorded(after) },
      target: { type: 'member', id, label: null },
      subjectId: userId,
    }),
  );
  return { changes, refused };
}

/** Reads the members who have not left, each with the assignments that have not ended, oldest first. */
async function membersWithRoles(tx: Tx, tenantId: string, memberIds: readonly string[]) {
  const rows = await tx.$queryRaw<MemberRow[]>`
    SELECT membership.id::text AS "memberId", membership.user_id AS "userId", assignment.id::text, assignment.role_id::text AS "roleId",
      assignment.is_primary AS "isPrimary", assignment.valid_until AS "validUntil"
    FROM membership
    LEFT JOIN membership_role assignment ON assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id
      AND assignment.ended_at IS NULL
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[]) AND status <> 'left'
    ORDER BY assignment.created_at /* planned each time */`;
  return [...Map.groupBy(rows, ({ memberId }) => memberId)].map(([id, held]) => ({
    id,
    userId: held[0]?.userId ?? '',
    assignments: held.flatMap(({ memberId: _, userId: __, ...assignment }) =>
      assignment.id === null ? [] : [assignment],
    ),
  }));
}

/**
 * Returns which assignments end and begin for one member. A role that is assigned again stays primary if it was, and there is always a
 * primary one. An assignment that has run out must still be ended before the same role is assigned.
 */
function plan(held: readonly Assignment[], { add, remove }: BulkChange, until: Date | null) {
  const active = held.filter(({ validUntil }) => !validUntil || validUntil > new Date());
  const added = add.filter(
    (id) => !active.some(({ roleId, validUntil }) => roleId === id && validUntil?.getTime() === until?.getTime()),
  );
  const ending = [
    ...active.filter(({ roleId }) => remove.includes(roleId)),
    ...held.filter(({ roleId }) => added.includes(roleId)),
  ];
  const staying = active.filter((assignment) => !ending.includes(assignment));
  const wasPrimary = (id: string) => active.some(({ roleId, isPrimary }) => roleId === id && isPrimary);
  const beginning = added.map((roleId) => ({ roleId, isPrimary: wasPrimary(roleId), validUntil: until }));
  const [first] = [...beginning, ...staying];
  const hasPrimary = [...beginning, ...staying].some(({ isPrimary }) => isPrimary);
  if (!hasPrimary && first) {
    if ('id' in first) {
      // An assignment never changes: one that becomes primary ends and begins again.
      ending.push(first);
      staying.splice(staying.indexOf(first), 1);
      beginning.push({ roleId: first.roleId, isPrimary: true, validUntil: first.validUntil });
    } else first.isPrimary = true;
  }
  return {
    ending,
    beginning,
    before: active,
    after: [...staying, ...beginning],
    hasChanges: ending.length + beginning.length > 0,
  };
}

type Plan = ReturnType<typeof plan> & { id: string; userId: string };
async function write(tx: Tx, { tenantId, actorId }: { tenantId: string; actorId: string }, plans: readonly Plan[]) {
  if (plans.length === 0) return;
  const now = await databaseNow(tx);
  await writeAssignments(tx, {
    tenantId,
    by: actorId,
    now,
    ending: plans.flatMap(({ ending }) => ending.map(({ id }) => id)),
    beginning: plans.flatMap(({ id, userId, beginning }) =>
      beginning.map((role) => ({ membershipId: id, userId, ...role, validFrom: now })),
    ),
  });
  await clearOwnerlessAlarm(tx, [tenantId]);
}

/** What an If-Match of the members compares; a dry run needs none of it. */
export const raiseVersions = (tx: Tx, tenantId: string, memberIds: readonly string[]) => tx.$executeRaw`
  UPDATE membership SET version = version + 1, updated_at = now() WHERE tenant_id = ${tenantId}::uuid AND id = ANY (${memberIds}::uuid[])`;
