import { randomBytes } from 'node:crypto';
import type { Invitation, Tenant } from 'database/client';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { normaliseEmail } from '../../core/email-address.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { milliseconds } from '../../identity/clerk/user.ts';
import { type FinalStatus, recordSync, type SyncContext } from '../context.ts';
import { ensureTenant } from './organization.ts';

// The link is a secret, and removed before the event is stored.
export const ClerkInvitation = z.looseObject({
  id: z.string().min(1).max(255),
  email_address: z.string().max(320),
  role: z.string().nullish(),
  organization_id: z.string().min(1).max(255),
  user_id: z.string().max(255).nullish(),
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
  expires_at: z.number().nullish(),
  created_at: z.number(),
  updated_at: z.number(),
});
type ClerkInvitation = z.infer<typeof ClerkInvitation>;

const DAYS_30 = 30 * 86_400_000;

/**
 * Copies an invitation created at the provider, and closes it when it is closed there. A closed invitation stays closed, because
 * events may come in any order.
 */
export async function applyInvitation(tx: Tx, given: ClerkInvitation, ctx: SyncContext): Promise<FinalStatus> {
  const id = given.organization_id;
  const createdAt = milliseconds(given.created_at);
  const tenant = await ensureTenant(tx, { id, name: id, slug: null, createdBy: null, createdAt, updatedAt: 0 }, ctx);
  const email = normaliseEmail(given.email_address);
  if (tenant.status === 'archived' || email === null) return 'ignored';

  const where = { tenantId: tenant.id };
  const stored =
    (await tx.invitation.findFirst({ where: { ...where, identityInvitationId: given.id } })) ??
    (await tx.invitation.findFirst({ where: { ...where, email, status: 'pending', identityInvitationId: null } }));
  if (!stored) return create(tx, tenant, email, given, ctx);
  if (stored.status !== 'pending') return 'ignored';
  if (given.status === 'pending') return adopt(tx, stored, given.id);
  return close(tx, stored, given, ctx);
}

async function create(tx: Tx, tenant: Tenant, email: string, given: ClerkInvitation, ctx: SyncContext) {
  const tenantId = tenant.id;
  const isOpen = given.status === 'pending';
  const isTaken = await tx.invitation.count({ where: { tenantId, email, status: 'pending' } });
  // Of two open invitations of one address, both created there, the newer one replaces the older.
  if (isOpen && isTaken > 0) {
    await tx.invitation.updateMany({ where: { tenantId, email, status: 'pending' }, data: { status: 'expired' } });
  }
  const id = uuid();
  await tx.invitation.create({
    data: {
      tenantId,
      id,
      email,
      // Only the provider accepts its token: no token that could be sent here has this hash.
      tokenHash: new Uint8Array(randomBytes(32)),
      expiresAt: new Date(given.expires_at ? milliseconds(given.expires_at) : milliseconds(given.created_at) + DAYS_30),
      deliveryStatus: 'sent',
      identityInvitationId: given.id,
      createdAt: new Date(milliseconds(given.created_at)),
      ...closing(given),
    },
  });
  const role =
    (await tx.role.findFirst({
      where: { tenantId, deletedAt: null, isOwner: false, identityRole: given.role ?? '' },
    })) ?? (await tx.role.findFirst({ where: { tenantId, deletedAt: null, isDefault: true } }));
  if (role) await tx.invitationRole.create({ data: { tenantId, invitationId: id, roleId: role.id } });
  await record(tx, { tenantId, id, email }, ctx, {
    action: isOpen ? 'invitation.created' : `invitation.${given.status}`,
    after: { status: given.status, ...(role ? { roles: [{ id: role.id, name: role.name }] } : {}) },
  });
  return 'applied' as const;
}

async function adopt(tx: Tx, stored: Invitation, identityInvitationId: string): Promise<FinalStatus> {
  if (stored.identityInvitationId === identityInvitationId) return 'ignored';
  const { tenantId, id } = stored;
  await tx.invitation.update({ where: { tenantId_id: { tenantId, id } }, data: { identityInvitationId } });
  return 'applied';
}

async function close(tx: Tx, stored: Invitation, given: ClerkInvitation, ctx: SyncContext): Promise<FinalStatus> {
  const { tenantId, id } = stored;
  await tx.invitation.update({
    where: { tenantId_id: { tenantId, id } },
    data: { ...closing(given), identityInvitationId: given.id, version: { increment: 1 } },
  });
  await record(tx, stored, ctx, {
    action: `invitation.${given.status}`,
    before: { status: stored.status },
    after: { status: given.status },
  });
  return 'applied';
}

function closing({ status, user_id, updated_at }: ClerkInvitation) {
  const at = new Date(milliseconds(updated_at));
  switch (status) {
    case 'accepted':
      return { status, acceptedAt: at, acceptedBy: user_id ?? null };
    case 'revoked':
      return { status, revokedAt: at };
    default:
      return { status };
  }
}

type InvitationEvent = Pick<Parameters<typeof recordSync>[2], 'action' | 'before' | 'after'>;

const record = (
  tx: Tx,
  { tenantId, id, email }: Pick<Invitation, 'tenantId' | 'id' | 'email'>,
  ctx: SyncContext,
  event: InvitationEvent,
) =>
  recordSync(tx, ctx, {
    tenantId,
    category: 'invitation',
    target: { type: 'invitation', id, label: email },
    context: { source: 'identity' },
    ...event,
  });
