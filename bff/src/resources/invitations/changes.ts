import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { deliverInvitation } from '../../access/invitations/deliver.ts';
import { issuedChange, issueInvitation, readInvitable, requireEmailKey } from '../../access/invitations/issue.ts';
import { limitInvitations } from '../../access/invitations/limit.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import { AppError } from '../../core/errors.ts';
import { readNow } from '../../http/read.ts';
import { assertVersion } from '../../http/version.ts';
import { findInvitation, readInvitation } from './queries.ts';
import type { Invitation, InvitationCreate, InvitationCreated } from './schema.ts';

/** Throws permission_denied, grant_exceeds_own, already_a_member, email_already_invited or validation_failed. */
export async function createInvitation(
  context: AuthorizedContext,
  body: z.output<typeof InvitationCreate>,
): Promise<InvitationCreated> {
  const { tenantId } = context.scope;
  const wanted = { ...body, roleIds: [...new Set(body.roleIds)] };
  await limitInvitations(context, requireEmailKey(body.email));
  const { id, created } = await createOnce(
    context,
    {
      action: 'invitation.created',
      category: 'invitation',
      permission: 'members:invite',
      idempotentOn: body,
      read: (tx) => readInvitable(tx, tenantId, wanted),
    },
    async ({ tx, access, read }) => {
      const issued = await issueInvitation(tx, access, context, wanted, await read);
      return { result: { issued, stored: await findInvitation(tx, tenantId, issued.id) }, ...issuedChange(issued) };
    },
  );
  if (!created)
    return { ...(await readNow(context, readInvitation, { invitationId: id })), token: null, acceptUrl: null };
  const { issued, stored } = created;
  const acceptUrl = deliverInvitation(context, issued, stored.invitedBy?.name ?? null);
  return { ...stored, token: issued.token, acceptUrl };
}

/** Throws invitation_closed unless the invitation is pending or expired. */
export async function revokeInvitation(context: AuthorizedContext, invitationId: string): Promise<Invitation> {
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
