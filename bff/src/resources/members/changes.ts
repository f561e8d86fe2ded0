import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type ActorAccess, assertFields, type FieldRequirements } from '../../access/actor.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import { assertCanGrant, assertHoldsAll, permissionsOfRoles } from '../../access/grants.ts';
import { change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { findMember } from './queries.ts';
import type { Member, MemberUpdate } from './schema.ts';

type Update = z.output<typeof MemberUpdate>;

export const UPDATE_REQUIRES = { status: 'members:update', roles: 'roles:assign' } as const satisfies FieldRequirements;

/** Suspends or reactivates a member (members:update), replaces the roles (roles:assign), or both. */
export async function updateMember(context: RequestContext, memberId: string, wanted: Update): Promise<Member> {
  const { tenantId } = context.scope;
  return change(
    context,
    { action: 'member.roles_changed', category: 'membership', permission: null, reason: wanted.reason },
    async ({ tx, access }) => {
      assertFields(access, UPDATE_REQUIRES, wanted);
      const stored = await findMember(tx, tenantId, memberId);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.status === 'left') throw new AppError('conflict', { detail: 'This member has left the tenant' });
      await assertMayChangeMember(tx, access, context, stored);

      if (wanted.roles) await replaceRoles(tx, access, context, stored, wanted.roles);
      const isStatusNew = wanted.status !== stored.status;
      const assigned = await findMember(tx, tenantId, memberId);
      const before = snapshot(stored, wanted);
      const after = { ...snapshot(assigned, wanted), ...(wanted.status ? { status: wanted.status } : {}) };
      if (!isDeepStrictEqual(before, after)) {
        await tx.membership.update({
          where: { tenantId_id: { tenantId, id: memberId } },
          data: { ...(wanted.status && isStatusNew ? { status: wanted.status } : {}), version: { increment: 1 } },
        });
      }
      return {
        result: await findMember(tx, tenantId, memberId),
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
    { action: 'member.removed', category: 'membership', permission: 'members:remove', severity: 'notice' },
    async ({ tx, access }) => {
      const stored = await findMember(tx, tenantId, memberId);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.status === 'left') throw new AppError('not_found');
      await assertMayChangeMember(tx, access, context, stored);
      await replaceAssignments(tx, { tenantId, memberId, userId: stored.user.id, by: context.actor.id, wanted: [] });
      await tx.membership.update({
        where: { tenantId_id: { tenantId, id: memberId } },
        data: { status: 'left', leftAt: new Date(), version: { increment: 1 } },
      });
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

/** Throws grant_exceeds_own for a member who holds more than the actor. */
async function assertMayChangeMember(
  tx: Tx,
  access: ActorAccess,
  context: RequestContext,
  member: Member,
): Promise<void> {
  if (member.user.id === context.actor.id) return;
  const held = await permissionsOfRoles(
    tx,
    context.scope.tenantId,
    member.roles.map((role) => role.id),
  );
  assertHoldsAll(
    access,
    [...held.values()].flatMap((role) => role.grants),
  );
}

async function replaceRoles(
  tx: Tx,
  access: ActorAccess,
  context: RequestContext,
  member: Member,
  wanted: NonNullable<Update['roles']>,
): Promise<void> {
  const ids = [...new Set(wanted.map((role) => role.roleId))];
  if (ids.length < wanted.length) throw new AppError('validation_failed', { errors: { roles: ['repeated_role'] } });
  const roles = await permissionsOfRoles(tx, context.scope.tenantId, ids);
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
