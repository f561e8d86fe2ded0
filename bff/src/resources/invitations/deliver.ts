import type { RequestContext } from '../../core/context.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { invitationMail } from '../../mail/invitation-mail.ts';
import type { Invitation } from './schema.ts';

/** Sends the link by e-mail after the invitation is stored, and records the outcome. Never delays or fails the request. */
export function deliverInvitation(context: RequestContext, invitation: Invitation, acceptUrl: string): void {
  const { services, scope } = context;
  if (!services.mailer.isConfigured) return;
  const recordDelivery = (deliveryStatus: 'sent' | 'failed', deliveryError: string | null) =>
    tenantTx(services.db.server, scope, (tx) =>
      tx.invitation.update({
        where: { tenantId_id: { tenantId: invitation.tenantId, id: invitation.id } },
        data: { deliveryStatus, deliveryError },
      }),
    );
  const send = async () => {
    const tenant = await tenantTx(services.db.server, scope, (tx) =>
      tx.tenant.findFirst({ where: { id: invitation.tenantId }, select: { name: true } }),
    );
    await services.mailer.send(
      invitationMail({
        to: invitation.email,
        tenantName: tenant?.name ?? '',
        inviterName: invitation.invitedBy?.name ?? null,
        roleNames: invitation.roles.map((role) => role.name),
        expiresAt: new Date(invitation.expiresAt),
        link: acceptUrl,
        language: context.language,
      }),
    );
  };
  send()
    .then(() => recordDelivery('sent', null))
    .catch((error: Error) => recordDelivery('failed', error.message.slice(0, 500)))
    .catch((error: Error) => services.log.error({ err: error }, 'invitation delivery not recorded'));
}
