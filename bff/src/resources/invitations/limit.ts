import type { RequestContext } from '../../core/context.ts';
import { hashKey } from '../../core/limits/keys.ts';

/** Limits the mails that a recipient, a sender and a tenant cause. Throws rate_limited. */
export async function limitInvitations({ services, actor, scope }: RequestContext, emailKey: string): Promise<void> {
  await services.rateLimits.consume('invitationSender', actor.id ?? actor.type);
  await services.rateLimits.consume('invitationTenant', scope.tenantId);
  // Per tenant, so that none keeps another from inviting a person.
  await services.rateLimits.consume('mailRecipient', `invitation:${scope.tenantId}:${hashKey(emailKey)}`);
}
