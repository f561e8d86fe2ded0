import type { RequestContext } from '../../core/context.ts';
import { hashKey } from '../../core/limits/keys.ts';

/** Limits the mails that a recipient, a sender and a tenant cause. Throws rate_limited. */
export async function limitInvitations({ services, actor, scope }: RequestContext, emailKey: string): Promise<void> {
  const sender = actor.id ?? actor.type;
  const recipient = hashKey(emailKey);
  await services.rateLimits.consume('invitationSender', sender);
  await services.rateLimits.consume('invitationTenant', scope.tenantId);
  // Fewer per sender than in all, so that none keeps the others from inviting a person.
  await services.rateLimits.consume('mailRecipient', `invitation:${sender}:${recipient}`);
  await services.rateLimits.consume('invitationRecipient', recipient);
}
