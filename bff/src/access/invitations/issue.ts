import { v7 as uuid } from 'uuid';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { type RoleRef, roleRef } from '../../core/schema.ts';
import { emailKey } from '../../core/text/email-address.ts';
import { searchText } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { assertCanInviteWith, permissionsOfRoles } from '../grants.ts';
import { hashToken, newToken } from '../invitation-token.ts';

const DAY_MS = 86_400_000;

export interface IssuedInvitation {
  id: string;
  email: string;
  roles: RoleRef[];
  expiresAt: Date;
  deliveryStatus: 'queued' | 'not-configured';
  /** Never stored, so it is known only to the request that issued it. */
  token: string;
}

interface Wanted {
  email: string;
  roleIds: readonly string[];
  expiresInDays: number;
}

/** Throws validation_failed, under the name of the field. */
export function requireEmailKey(email: string, field = 'email'): string {
  const key = emailKey(email);
  if (!key) throw new AppError('validation_failed', { errors: { [field]: ['invalid_email'] } });
  return key;
}

/**
 * Inserts an invitation in the transaction that records it. Throws permission_denied, grant_exceeds_own, already_a_member,
 * email_already_invited or validation_failed.
 */
export async function issueInvitation(
  tx: Tx,
  access: ActorAccess,
  { scope: { tenantId }, actor, services }: RequestContext,
  { email, roleIds, expiresInDays }: Wanted,
): Promise<IssuedInvitation> {
  const key = requireEmailKey(email);
  const roles = [...(await permissionsOfRoles(tx, tenantId, [...roleIds])).values()];
  assertCanInviteWith(access, roles);
  await assertInvitable(tx, tenantId, key);

  const id = uuid();
  const token = newToken();
  const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS);
  const deliveryStatus = services.mailer.isConfigured ? 'queued' : 'not-configured';
  await tx.invitation.create({
    data: {
      tenantId,
      id,
      email,
      emailKey: key,
      searchText: searchText(email),
      tokenHash: hashToken(token),
      expiresAt,
      invitedBy: actor.id,
      deliveryStatus,
    },
  });
  await tx.invitationRole.createMany({ data: roleIds.map((roleId) => ({ tenantId, invitationId: id, roleId })) });
  return { id, email, roles: roles.map(roleRef), expiresAt, deliveryStatus, token };
}

/** What the audit log records of an invitation. */
export const issuedChange = ({ id, email, roles, expiresAt }: IssuedInvitation) => ({
  before: null,
  after: { email, roles, expiresAt: expiresAt.toISOString() },
  target: { type: 'invitation', id, label: email },
});

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
