import { z } from 'zod';
import { Instant, RoleRef, TenantRef, UserRef } from '../../core/schema.ts';
import { Conditions, Term } from '../conditions.ts';

const AccessPath = z.object({
  /** Through a role in this tenant, or a role of the platform's staff. */
  via: z.enum(['tenant', 'platform']),
  /** Null through the platform: a tenant learns only the role. */
  membershipId: z.string().nullable(),
  /** The assigned role. */
  role: RoleRef.extend({ isOwner: z.boolean(), version: z.number().int() }),
  /** The assigned role grants the permission itself. */
  isDirect: z.boolean(),
  /** From the assigned role up to the ancestor that grants the permission; empty when direct. */
  inheritedThrough: z.array(RoleRef),
  /** Conditions of the grant, which are met; null for none. */
  conditions: Conditions.nullable(),
  validFrom: Instant.nullable(),
  validUntil: Instant.nullable(),
  grantedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  grantedAt: Instant.nullable(),
});

const AccessMissing = z.object({
  reason: z.enum([
    'unknown_permission',
    'unknown_user',
    'user_banned',
    'user_deleted',
    'tenant_not_active',
    'not_a_member',
    'membership_ended',
    'membership_suspended',
    'role_not_started',
    'role_ended',
    'condition_not_met',
    'permission_retired',
    'platform_only',
    'no_role_grants',
  ]),
  /** The role that would grant the permission. */
  role: RoleRef.optional(),
  /** When the role starts, or when the role or the membership ended. */
  at: Instant.optional(),
  /** All terms of the nearest unmet grant, and those of them that fail. */
  conditions: Conditions.optional(),
  unmet: z.array(Term).optional(),
});

/**
 * `isSufficient`: this alone allows the access. Otherwise more may be missing: explain again afterwards. `canGrant`: the caller may do it.
 */
const ofGrant = { isSufficient: z.boolean(), canGrant: z.boolean() };
/** `additionalPermissionCount`: permissions gained beyond the one asked for. */
const ofRole = { role: RoleRef, additionalPermissionCount: z.number().int(), ...ofGrant };
const AccessGrant = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign_role'), ...ofRole }),
  /** The role was assigned and ended. */
  z.object({ kind: z.literal('renew_role'), ...ofRole }),
  /** The role is assigned from a later date: it starts now. */
  z.object({ kind: z.literal('start_role'), ...ofRole }),
  z.object({ kind: z.literal('invite'), ...ofRole }),
  /** By the user: an invitation is pending. */
  z.object({ kind: z.literal('accept_invitation'), invitationId: z.string(), expiresAt: Instant, ...ofGrant }),
  z.object({ kind: z.literal('reactivate_member'), ...ofGrant }),
  /** By the platform's staff. */
  z.object({ kind: z.literal('reactivate_tenant'), ...ofGrant }),
  z.object({ kind: z.literal('restore_permission'), ...ofGrant }),
  /** At the identity provider. */
  z.object({ kind: z.literal('lift_ban'), ...ofGrant }),
]);

export const AccessExplanation = z.object({
  allowed: z.boolean(),
  permission: z.object({ code: z.string(), description: z.string().nullable() }),
  /** Without a name when the caller may not know the user. */
  user: UserRef.extend({ name: z.string().nullable() }),
  tenant: TenantRef,
  /** Every path to the permission; empty when denied. */
  paths: z.array(AccessPath),
  missing: AccessMissing.nullable(),
  /** What would allow the access, smallest first. */
  grants: z.array(AccessGrant).max(5),
  /** Members who could make the first of the grants now, without the platform's staff. */
  eligibleGrantors: z.array(UserRef).max(10),
});
export type AccessExplanation = z.infer<typeof AccessExplanation>;

/** A member, or, after the members, a platform role (`user` is null) that grants the permission in every tenant. */
export const AccessHolder = z.object({
  via: z.enum(['tenant', 'platform']),
  membershipId: z.string().nullable(),
  user: UserRef.nullable(),
  /** Held only for other resources than the one in question: listed on demand. */
  isConditional: z.boolean(),
  /** The roles that grant it. */
  roles: z.array(
    RoleRef.extend({
      via: z.enum(['tenant', 'platform']),
      isOwner: z.boolean(),
      validUntil: Instant.nullable(),
      conditions: Conditions.nullable(),
      conditionsMet: z.boolean(),
    }),
  ),
});
export type AccessHolder = z.infer<typeof AccessHolder>;
