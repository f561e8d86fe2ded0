import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { assertCanInviteWith, permissionsOfRoles } from '../../access/grants.ts';
import { hashToken, newToken } from '../../access/invitation-token.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { emailKey } from '../../core/text/email-address.ts';
import { searchText } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { deliverInvitation } from './deliver.ts';
import { limitInvitations } from './limit.ts';
import { findInvitation, readInvitation } from './queries.ts';
import type { Invitation, InvitationCreate, InvitationCreated } from './schema.ts';

const DAY_MS = 86_400_000;

/** Throws permission_denied, grant_exceeds_own, already_a_member, email_already_invited or validation_failed. */
export async function createInvitation(
  context: RequestContext,
  body: z.output<typeof InvitationCreate>,
): Promise<InvitationCreated> {
  const { tenantId } = context.scope;
  const { email } = body;
  const key = requireEmailKey(email);
  await limitInvitations(context, key);
  const roleIds = [...new Set(body.roleIds)];
  const token = newToken();
  const { id, created } = await createOnce(
    context,
    { action: 'invitation.created', category: 'invitation', permission: 'members:invite', idempotentOn: body },
    async ({ tx, access }) => {
      const roles = [...(await permissionsOfRoles(tx, tenantId, roleIds)).values()];
      assertCanInviteWith(access, roles);
      await assertInvitable(tx, tenantId, key);

      const id = uuid();
      await tx.invitation.create({
        data: {
          tenantId,
          id,
          email,
          emailKey: key,
          searchText: searchText(email),
          tokenHash: hashToken(token),
          expiresAt: new Date(Date.now() + body.expiresInDays * DAY_MS),
          invitedBy: context.actor.id,
          deliveryStatus: context.services.mailer.isConfigured ? 'queued' : 'not-configured',
        },
      });
      await tx.invitationRole.createMany({ data: roleIds.map((roleId) => ({ tenantId, invitationId: id, roleId })) });
      const made = await findInvitation(tx, tenantId, id);
      return {
        result: made,
        before: null,
        after: { email, roles: roles.map(({ id: roleId, name }) => ({ id: roleId, name })), expiresAt: made.expiresAt },
        target: { type: 'invitation', id, label: email },
      };
    },
  );
  if (!created) return { ...(await readInvitation(context, id)), token: null, acceptUrl: null };

  const acceptUrl = `${context.services.publicUrl()}/invitations/${token}`;
  deliverInvitation(context, created, acceptUrl);
  return { ...created, token, acceptUrl };
}

function requireEmailKey(email: string): string {
  const key = emailKey(email);
  if (!key) throw new AppError('validation_failed', { errors: { email: ['invalid_email'] } });
  return key;
}

async function assertInvitable(tx: Tx, tenantId: string, key: string): Promise<void> {
  const member = await tx.membership.findFirst({
    where: { tenantId, status: { not: 'left' }, user: { emailKey: key } },
    select: { id: true },
  });
  if (member) throw new AppError('already_a_member', { errors: { email: ['already_a_member'] } });
  await tx.$executeRaw`
    UPDATE invitation SET status = 'expired', version = version + 1
    WHERE tenant_id = ${tenantId}::uuid AND email_key = ${key} AND status = 'pending' AND expires_at <= clock_timestamp()`;
  const open = await tx.invitation.findFirst({
    where: { tenantId, emailKey: key, status: 'pending' },
    select: { id: true },
  });
  if (open) throw new AppError('email_already_invited', { errors: { email: ['email_already_invited'] } });
}

/** Throws invitation_closed unless the invitation is pending or expired. */
export async function revokeInvitation(context: RequestContext, invitationId: string): Promise<Invitation> {
  const { tenantId } = context.scope;
  return change(
    context,
    { action: 'invitation.revoked', category: 'invitation', permission: 'invitations:revoke' },
    async ({ tx }) => {
      const stored = await findInvitation(tx, tenantId, invitationId);
      assertVersion(context.ifMatch, stored, stored);
      if (stored.status === 'accepted' || stored.status === 'revoked') throw new AppError('invitation_closed');
      await tx.invitation.update({
        where: { tenantId_id: { tenantId, id: invitationId } },
        data: { status: 'revoked', revokedAt: new Date(), revokedBy: context.actor.id, version: { increment: 1 } },
      });
      return {
        result: await findInvitation(tx, tenantId, invitationId),
        before: { status: stored.status },
        after: { status: 'revoked' },
        target: { type: 'invitation', id: invitationId, label: stored.email },
      };
    },
  );
}
