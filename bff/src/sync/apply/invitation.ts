import { randomBytes } from 'node:crypto';
import type { Invitation, Tenant } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { roleRef } from '../../core/schema.ts';
import { emailKey } from '../../core/text/email-address.ts';
import { searchText } from '../../core/text/fold.ts';
import { providerInstant } from '../../core/values/instant.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { cleanAddress } from '../../identity/sanitize.ts';
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
export async function applyInvitation(tx: Tx, update: ClerkInvitation, ctx: SyncContext): Promise<FinalStatus> {
  const id = update.organization_id;
  const createdAt = providerInstant(update.created_at);
  const tenant = await ensureTenant(tx, { id, name: id, slug: null, createdBy: null, createdAt, updatedAt: 0 }, ctx);
  if (tenant.status === 'archived') return 'ignored';
  const email = invitedAddress(update);

  const where = { tenantId: tenant.id };
  const stored =
    (await tx.invitation.findFirst({ where: { ...where, identityInvitationId: update.id } })) ??
    (await tx.invitation.findFirst({ where: { ...where, ...openFor(email), identityInvitationId: null } }));
  if (!stored) return create(tx, tenant, email, update, ctx);
  if (stored.status !== 'pending') return 'ignored';
  if (update.status === 'pending') return adopt(tx, stored, update.id);
  return close(tx, stored, update, ctx);
}

/** The provider may invite addresses that cannot be invited here, such as quoted ones: these are copied too. */
function invitedAddress({ email_address }: ClerkInvitation): string {
  const address = cleanAddress(email_address);
  if (!address?.includes('@')) throw new Error('email_address is no e-mail address');
  return address;
}

/** Where the provider invited what has no key, only the address as written is the same. */
function openFor(email: string) {
  const key = emailKey(email);
  return { status: 'pending' as const, emailKey: key, ...(key === null ? { email } : {}) };
}

async function create(tx: Tx, tenant: Tenant, email: string, update: ClerkInvitation, ctx: SyncContext) {
  const tenantId = tenant.id;
  const isOpen = update.status === 'pending';
  const isTaken = await tx.invitation.count({ where: { tenantId, ...openFor(email) } });
  // Of two open invitations of one address, both created there, the newer one replaces the older.
  if (isOpen && isTaken > 0) {
    await tx.invitation.updateMany({ where: { tenantId, ...openFor(email) }, data: { status: 'expired' } });
  }
  const id = uuid();
  await tx.invitation.create({
    data: {
      tenantId,
      id,
      email,
      emailKey: emailKey(email),
      searchText: searchText(email),
      // Only the provider accepts its token: no token that could be sent here has this hash.
      tokenHash: new Uint8Array(randomBytes(32)),
      expiresAt: new Date(
        update.expires_at ? providerInstant(update.expires_at) : providerInstant(update.created_at) + DAYS_30,
      ),
      deliveryStatus: 'sent',
      identityInvitationId: update.id,
      createdAt: new Date(providerInstant(update.created_at)),
      ...closing(update),
    },
  });
  const role =
    (await tx.role.findFirst({
      where: { tenantId, deletedAt: null, isOwner: false, identityRole: update.role ?? '' },
    })) ?? (await tx.role.findFirst({ where: { tenantId, deletedAt: null, isDefault: true } }));
  if (role) await tx.invitationRole.create({ data: { tenantId, invitationId: id, roleId: role.id } });
  await record(tx, { tenantId, id, email }, ctx, {
    action: isOpen ? 'invitation.created' : `invitation.${update.status}`,
    after: { status: update.status, ...(role ? { roles: [roleRef(role)] } : {}) },
  });
  return 'applied' as const;
}

async function adopt(tx: Tx, stored: Invitation, identityInvitationId: string): Promise<FinalStatus> {
  if (stored.identityInvitationId === identityInvitationId) return 'ignored';
  const { tenantId, id } = stored;
  await tx.invitation.update({ where: { tenantId_id: { tenantId, id } }, data: { identityInvitationId } });
  return 'applied';
}

async function close(tx: Tx, stored: Invitation, update: ClerkInvitation, ctx: SyncContext): Promise<FinalStatus> {
  const { tenantId, id } = stored;
  await tx.invitation.update({
    where: { tenantId_id: { tenantId, id } },
    data: { ...closing(update), identityInvitationId: update.id, version: { increment: 1 } },
  });
  await record(tx, stored, ctx, {
    action: `invitation.${update.status}`,
    before: { status: stored.status },
    after: { status: update.status },
  });
  return 'applied';
}

function closing({ status, user_id, updated_at }: ClerkInvitation) {
  const at = new Date(providerInstant(updated_at));
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
