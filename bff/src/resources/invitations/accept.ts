import { readAccess, requireAccount } from '../../access/actor.ts';
import { joinOrRejoinTenant } from '../../access/assignments/join-tenant.ts';
import { assertCanInviteWith, permissionsOfRoles } from '../../access/grants.ts';
import { isTenantUsable } from '../../access/tenant-status.ts';
import { change } from '../../audit/change.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { roleRef } from '../../core/schema.ts';
import { isSameEmail } from '../../core/text/email-address.ts';
import { asUser, type Tx } from '../../db/tenant-tx.ts';
import { findInvitation, locateInvitation } from './queries.ts';
import type { Invitation } from './schema.ts';

/**
 * Makes the bearer of the token, signed in with the invited address, a member. Throws not_found for an unknown token,
 * invitation_closed, invitation_other_email, email_not_verified, already_a_member or inviter_permission_lost.
 */
export async function acceptInvitation(request: RequestContext, token: string) {
  const located = await locateInvitation(request.services, token);
  if (!located) throw new AppError('not_found');
  const { tenantId, id: invitationId } = located;
  const context = { ...request, scope: { ...request.scope, tenantId } };
  return change(
    context,
    { action: 'invitation.accepted', category: 'invitation', permission: null },
    async ({ tx, access }) => {
      const user = requireAccount(access);
      const invitation = await findInvitation(tx, tenantId, invitationId);
      assertAddressee(context, invitation, user);
      if (access.membership) throw new AppError('already_a_member');
      await claim(tx, tenantId, invitationId, user.id);
      const tenant = await tx.tenant.findFirst({
        where: { id: tenantId },
        select: { slug: true, name: true, status: true },
      });
      if (!tenant || !isTenantUsable(tenant.status)) throw new AppError('invitation_closed');

      const roleIds = invitation.roles.map((role) => role.id);
      await assertInviterMayGrant(tx, context, invitation, roleIds);
      const membershipId = await joinOrRejoinTenant(tx, {
        tenantId,
        userId: user.id,
        source: 'invitation',
        roleIds,
        grantedBy: invitation.invitedBy?.id ?? null,
      });
      return {
        result: { tenantId, tenantSlug: tenant.slug, membershipId },
        before: { status: 'pending' },
        after: { status: 'accepted', roles: invitation.roles.map(roleRef) },
        target: { type: 'invitation', id: invitationId, label: invitation.email },
        subjectId: user.id,
        context: { memberId: membershipId },
      };
    },
  );
}

function assertAddressee(
  { services }: RequestContext,
  invitation: Invitation,
  user: { email: string | null; emailVerified: boolean },
): void {
  if (!isSameEmail(user.email ?? '', invitation.email)) throw new AppError('invitation_other_email');
  // Without a mail server the local provider cannot verify an address; the link is the only proof.
  const canVerify = services.identity.name !== 'local' || services.mailer.isConfigured;
  if (canVerify && !user.emailVerified) throw new AppError('email_not_verified');
}

/** One statement decides between concurrent requests, by the clock of the database. Throws invitation_closed. */
async function claim(tx: Tx, tenantId: string, invitationId: string, userId: string): Promise<void> {
  const claimed = await tx.$executeRaw`
    UPDATE invitation SET status = 'accepted', accepted_by = ${userId}, accepted_at = clock_timestamp(), version = version + 1
    WHERE tenant_id = ${tenantId}::uuid AND id = ${invitationId}::uuid
      AND status = 'pending' AND expires_at > clock_timestamp()`;
  if (claimed === 0) throw new AppError('invitation_closed');
}

/** Throws inviter_permission_lost unless the inviter may still assign the roles. */
async function assertInviterMayGrant(
  tx: Tx,
  context: RequestContext,
  invitation: Invitation,
  roleIds: string[],
): Promise<void> {
  const roles = await permissionsOfRoles(tx, context.scope.tenantId, roleIds);
  const inviter = invitation.invitedBy;
  if (!inviter) return;
  try {
    const access = await asUser(tx, context.scope, inviter.id, readAccess);
    assertCanInviteWith(access, [...roles.values()]);
  } catch (error) {
    throw error instanceof AppError ? new AppError('inviter_permission_lost') : error;
  }
}
