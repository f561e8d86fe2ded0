import { isDeepStrictEqual } from 'node:util';
import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { type ActorAccess, assertFields, type FieldRequirements } from '../../access/actor.ts';
import { type Held, readHeld, replaceAssignments } from '../../access/assignments/replace.ts';
import { assertCanGrant, assertHoldsAll, assertRolesExist, grantsOfRoles } from '../../access/grants.ts';
import { change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { findMember } from './queries.ts';
import type { Member, MemberUpdate } from './schema.ts';

type Update = z.output<typeof MemberUpdate>;
type RoleGrants = Awaited<ReturnType<typeof grantsOfRoles>>;

export const UPDATE_REQUIRES = { status: 'members:update', roles: 'roles:assign' } as const satisfies FieldRequirements;

/** Suspends or reactivates a member (members:update), replaces the roles (roles:assign), or both. */
export async function updateMember(context: RequestContext, memberId: string, wanted: Update): Promise<Member> {
  const { tenantId } = context.scope;
  const wantedIds = (wanted.roles ?? []).map(({ roleId }) => roleId);
  return change(
    context,
    {
      action: 'member.roles_changed',
      category: 'membership',
      permission: null,
      reason: wanted.reason,
      read: (tx) =>
        Promise.all([
          findMember(tx, tenantId, memberId),
          grantsOfRoles(tx, tenantId, wantedIds, memberId),
          wanted.roles ? readHeld(tx, tenantId, memberId) : undefined,
        ]),
    },
    async ({ tx, access, read }) => {
      assertFields(access, UPDATE_REQUIRES, wanted);
      const [stored, roles, held] = await read;
      assertVersion(context.ifMatch, stored, stored);
      if (stored.status === 'left') throw new AppError('conflict', { detail: 'This member has left the tenant' });
      assertRolesExist(roles, wantedIds);
      assertMayChangeMember(access, context, stored, roles);

      if (wanted.roles) await replaceRoles(tx, access, context, { member: stored, held, roles }, wanted.roles);
      const assigned = wanted.roles ? await findMember(tx, tenantId, memberId) : stored;
      const before = snapshot(stored, wanted);
      const result = { ...assigned, status: wanted.status ?? stored.status };
      const after = snapshot(result, wanted);
      if (!isDeepStrictEqual(before, after)) {
        await tx.$executeRaw(
          sentWithNext(Prisma.sql`
            UPDATE membership SET status = ${result.status}::"MembershipStatus", version = version + 1, updated_at = now()
            WHERE tenant_id = ${tenantId}::uuid AND id = ${memberId}::uuid`),
        );
        result.version += 1;
      }
      return {
        result,
        before,
        after,
        target: { type: 'member', id: memberId, label: null },
        subjectId: stored.user.id,
        action: actionOf(stored, wanted),
      };
    },
  );
}

/** Ends a membership and all its role assignments. */
export async function removeMember(context: RequestContext, memberId: string): Promise<undefined> {
  const { tenantId } = context.scope;
  await change(
    context,
    {
      action: 'member.removed',
      category: 'membership',
      permission: 'members:remove',
      severity: 'notice',
      read: (tx) =>
        Promise.all([
          findMember(tx, tenantId, memberId),
          grantsOfRoles(tx, tenantId, [], memberId),
          readHeld(tx, tenantId, memberId),
        ]),
    },
    async ({ tx, access, read }) => {
      const [stored, roles, held] = await read;
      assertVersion(context.ifMatch, stored, stored);
      if (stored.status === 'left') throw new AppError('not_found');
      assertMayChangeMember(access, context, stored, roles);
      const [userId, by] = [stored.user.id, context.actor.id];
      await replaceAssignments(tx, { tenantId, memberId, userId, by, wanted: [], held });
      await tx.$executeRaw(
        sentWithNext(Prisma.sql`
          UPDATE membership SET status = 'left', left_at = clock_timestamp(), version = version + 1, updated_at = now()
          WHERE tenant_id = ${tenantId}::uuid AND id = ${memberId}::uuid`),
      );
      return {
        result: undefined,
        before: { status: stored.status, roles: stored.roles.map(roleRef) },
        after: { status: 'left', roles: [] },
        target: { type: 'member', id: memberId, label: null },
        subjectId: stored.user.id,
      };
    },
  );
}

const idsOf = (member: Member) => member.roles.map(({ id }) => id);

/** Throws grant_exceeds_own for a member who holds more than the actor. */
function assertMayChangeMember(access: ActorAccess, context: RequestContext, member: Member, roles: RoleGrants): void {
  if (member.user.id === context.actor.id) return;
  assertHoldsAll(
    access,
    idsOf(member).flatMap((id) => roles.get(id)?.grants ?? []),
  );
}

async function replaceRoles(
  tx: Tx,
  access: ActorAccess,
  context: RequestContext,
  { member, held, roles }: { member: Member; held: Held | undefined; roles: RoleGrants },
  wanted: NonNullable<Update['roles']>,
): Promise<void> {
  const ids = new Set(wanted.map((role) => role.roleId));
  if (ids.size < wanted.length) throw new AppError('validation_failed', { errors: { roles: ['repeated_role'] } });
  for (const assignment of wanted) {
    const grants = roles.get(assignment.roleId)?.grants ?? [];
    assertHoldsAll(access, grants);
    if (!isHeldAlready(member, assignment)) assertCanGrant(access, grants, instant(assignment.validUntil));
  }
  await replaceAssignments(tx, {
    tenantId: context.scope.tenantId,
    memberId: member.id,
    userId: member.user.id,
    by: context.actor.id,
    held,
    wanted: wanted.map((role, index) => ({
      roleId: role.roleId,
      isPrimary: role.isPrimary ?? (index === 0 && !wanted.some((other) => other.isPrimary)),
      validFrom: instant(role.validFrom),
      validUntil: instant(role.validUntil),
    })),
  });
}

const instant = (text: string | null | undefined) => (text ? new Date(text) : null);

/** Whether the member already has the role from that start and until that end: then nothing is granted. */
function isHeldAlready(member: Member, wanted: NonNullable<Update['roles']>[number]): boolean {
  const held = member.roles.find(({ id }) => id === wanted.roleId);
  if (!held) return false;
  const [from, until] = [instant(wanted.validFrom), instant(wanted.validUntil)];
  const [heldFrom, heldUntil] = [new Date(held.validFrom), instant(held.validUntil)];
  const isAsEarly = !from || heldFrom <= from || heldFrom <= new Date();
  return isAsEarly && (!heldUntil || (until !== null && until <= heldUntil));
}

const snapshot = (member: Member, wanted: Update) => ({
  ...(wanted.status ? { status: member.status } : {}),
  ...(wanted.roles
    ? {
        roles: member.roles
          .map(({ isPrimary, validFrom, validUntil, ...role }) => ({
            ...roleRef(role),
            isPrimary,
            validFrom,
            validUntil,
          }))
          .sort((a, b) => a.id.localeCompare(b.id)),
      }
    : {}),
});

function actionOf(stored: Member, wanted: Update): string {
  if (wanted.roles || wanted.status === stored.status) return 'member.roles_changed';
  return wanted.status === 'suspended' ? 'member.suspended' : 'member.reactivated';
}
