import { z } from 'zod';
import { Instant, instantRange, listQuery, RoleRef, UserRef, Uuid } from '../../core/schema.ts';

const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired']);

export const Invitation = z.object({
  id: z.string(),
  tenantId: z.string(),
  email: z.string(),
  roles: z.array(RoleRef),
  status: InvitationStatus,
  expiresAt: Instant,
  /** Null when the identity provider sent it. */
  invitedBy: UserRef.nullable(),
  acceptedBy: UserRef.nullable(),
  acceptedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** `not-configured`: without a mail server, the link must be sent by hand. */
  deliveryStatus: z.enum(['not-configured', 'queued', 'sent', 'failed']),
  deliveryError: z.string().nullable(),
  version: z.number().int(),
  createdAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** The token and its link are returned once, on creation, and never stored. Both are null for a retry. */
export const InvitationCreated = Invitation.extend({ token: z.string().nullable(), acceptUrl: z.string().nullable() });
export type InvitationCreated = z.infer<typeof InvitationCreated>;

/** What the bearer of a token may see before accepting. */
export const InvitationByToken = z.object({
  tenant: z.object({ id: z.string(), name: z.string() }),
  email: z.string(),
  roles: z.array(z.object({ name: z.string() })),
  inviterName: z.string().nullable(),
  expiresAt: Instant,
});
export type InvitationByToken = z.infer<typeof InvitationByToken>;

export const InvitationAccepted = z.object({ tenantId: z.string(), tenantSlug: z.string(), membershipId: z.string() });

export const InvitationParams = z.object({ tenantId: Uuid, invitationId: Uuid });
export const TokenParams = z.object({ token: z.string().min(20).max(200) });
export const InvitationCreate = z.strictObject({
  email: z.string().trim().max(320).normalize('NFC'),
  roleIds: z.array(Uuid).min(1).max(20),
  expiresInDays: z.number().int().min(1).max(30).default(7),
});
export const InvitationListQuery = listQuery(['createdAt', 'expiresAt', 'email'], {
  status: InvitationStatus.optional(),
  ...instantRange('createdAt'),
});
