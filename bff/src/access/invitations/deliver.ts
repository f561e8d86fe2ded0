import type { RequestContext } from '../../core/context.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { invitationMail } from '../../mail/invitation-mail.ts';
import type { IssuedInvitation } from './issue.ts';

/**
 * Returns the link of an invitation that is stored and sends it by e-mail, recording the outcome. Sending never delays or fails the
 * request.
 */
export function deliverInvitation(
  context: RequestContext,
  invitation: IssuedInvitation,
  inviterName: string | null,
): string {
  const { services, scope } = context;
  const link = `${services.publicUrl()}/invitations/${invitation.token}`;
  if (!services.mailer.isConfigured) return link;
  const recordDelivery = (deliveryStatus: 'sent' | 'failed', deliveryError: string | null) =>
    tenantTx(services.db.server, scope, (tx) =>
      tx.invitation.update({
        where: { tenantId_id: { tenantId: scope.tenantId, id: invitation.id } },
        data: { deliveryStatus, deliveryError },
      }),
    );
  const send = async () => {
    const tenant = await tenantTx(services.db.server, scope, (tx) =>
      tx.tenant.findFirst({ where: { id: scope.tenantId }, select: { name: true } }),
    );
    await services.mailer.send(
      invitationMail({
        to: invitation.email,
        tenantName: tenant?.name ?? '',
        inviterName,
        roleNames: invitation.roles.map((role) => role.name),
        expiresAt: invitation.expiresAt,
        link,
        language: context.language,
      }),
    );
  };
  send()
    .then(() => recordDelivery('sent', null))
    .catch((error: Error) => recordDelivery('failed', error.message.slice(0, 500)))
    .catch((error: Error) => services.log.error({ err: error }, 'invitation delivery not recorded'));
  return link;
}
