import type { PrismaClient } from '@rolecall/prisma/client';
import type { RequestContext } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { onlyRow } from '../db/rows.ts';
import type { Tx } from '../db/tenant-tx.ts';
import type { Conditions } from './conditions.ts';
import type { SystemPermission } from './permissions.ts';
import { isTenantUsable } from './tenant-status.ts';

/** A permission that is held under conditions that some resource may meet, or until an instant, or both. */
interface ConditionalGrant {
  conditions: Conditions | null;
  until: string | null;
}
/**
 * By code, for every permission that is not held without conditions and without end. Includes retired permissions, which no user
 * holds until they are restored, so that none is granted by a user who would not hold it then.
 */
export type ConditionalGrants = Readonly<Record<string, readonly ConditionalGrant[]>>;

/** What the current actor may do in the current tenant, now. */
export interface ActorAccess {
  user: {
    id: string;
    name: string;
    email: string | null;
    emailKey: string | null;
    emailVerified: boolean;
    state: 'active' | 'banned' | 'deleted';
  } | null;
  tenant: { id: string; slug: string; status: string; kind: 'platform' | 'customer' } | null;
  membership: { id: string; status: 'active' | 'suspended' } | null;
  /** Held through the membership in this tenant, for the resource in question. */
  permissions: ReadonlySet<string>;
  conditionalGrants: ConditionalGrants;
  /** Held through the platform tenant; its tenant permissions count in every tenant. */
  platformPermissions: ReadonlySet<string>;
  platformConditionalGrants: ConditionalGrants;
}

/** A request whose actor's access was read by the guard. */
export interface AuthorizedContext extends RequestContext {
  access: ActorAccess;
}

export interface AccessRow {
  user_id: string | null;
  user_name: string;
  user_email: string | null;
  user_email_key: string | null;
  user_email_verified: boolean;
  user_state: 'active' | 'banned' | 'deleted';
  tenant_id: string | null;
  tenant_slug: string;
  tenant_status: string;
  tenant_kind: 'platform' | 'customer';
  membership_id: string | null;
  membership_status: 'active' | 'suspended';
  permissions: string[];
  conditional_grants: ConditionalGrants;
  platform_permissions: string[];
  platform_conditional_grants: ConditionalGrants;
}

/** What an access question is about: the attributes that conditions may refer to. */
export type Resource = Readonly<Record<string, unknown>>;

/** Reads the access of the user in the current scope. Never cached, so that a revocation takes effect with the next call. */
export const readAccess = (client: PrismaClient | Tx): Promise<ActorAccess> => readAccessTo(client, {});

/** As readAccess, for a resource. */
export async function readAccessTo(client: PrismaClient | Tx, resource: Resource): Promise<ActorAccess> {
  const rows = await client.$queryRaw<AccessRow[]>`SELECT * FROM actor_access(${JSON.stringify(resource)}::jsonb)`;
  return accessOfRow(onlyRow(rows));
}

/** Begins a change: sets the scope of the transaction, locks its tenant and the permission catalogue, and then reads the access. */
export async function enterChange(tx: Tx, { tenantId, userId }: RequestContext['scope']): Promise<ActorAccess> {
  const rows = await tx.$queryRaw<{ access: AccessRow }[]>`SELECT enter_change(${tenantId}::uuid, ${userId}) AS access`;
  return accessOfRow(onlyRow(rows).access);
}

export function accessOfRow(row: AccessRow): ActorAccess {
  return {
    user: row.user_id
      ? {
          id: row.user_id,
          name: row.user_name,
          email: row.user_email,
          emailKey: row.user_email_key,
          emailVerified: row.user_email_verified,
          state: row.user_state,
        }
      : null,
    tenant: row.tenant_id
      ? { id: row.tenant_id, slug: row.tenant_slug, status: row.tenant_status, kind: row.tenant_kind }
      : null,
    membership: row.membership_id ? { id: row.membership_id, status: row.membership_status } : null,
    permissions: new Set(row.permissions),
    conditionalGrants: row.conditional_grants,
    platformPermissions: new Set(row.platform_permissions),
    platformConditionalGrants: row.platform_conditional_grants,
  };
}

/** What conditions are evaluated against, as JSON; access_context() builds the same in the database. */
export const contextOf = ({ user, tenant }: ActorAccess, resource: Resource): string =>
  JSON.stringify({
    user: { id: user?.id, email: user?.emailKey ?? user?.email, emailVerified: user?.emailVerified },
    tenant: { id: tenant?.id, slug: tenant?.slug },
    resource,
  });

export const holds = (access: ActorAccess, permission: string): boolean =>
  access.permissions.has(permission) || access.platformPermissions.has(permission);

/** Throws account_not_provisioned or account_disabled unless the actor has an active account. */
export function requireAccount(access: ActorAccess): NonNullable<ActorAccess['user']> {
  if (!access.user) throw new AppError('account_not_provisioned');
  if (access.user.state !== 'active') throw new AppError('account_disabled');
  return access.user;
}

/** Throws not_found where the actor may not know that the tenant exists. */
export function assertTenantVisible(
  access: ActorAccess,
): asserts access is ActorAccess & { tenant: NonNullable<ActorAccess['tenant']> } {
  requireAccount(access);
  const isStaff = access.platformPermissions.size > 0;
  if (!access.tenant || (!access.membership && !isStaff)) throw new AppError('not_found');
}

/**
 * The one decision. Throws not_found where the actor may not know that the tenant exists, and otherwise permission_denied with the
 * permission.
 */
export function assertPermission(access: ActorAccess, permission: string): void {
  assertTenantVisible(access);
  if (holds(access, permission)) return;
  if (access.membership?.status === 'suspended') throw new AppError('membership_suspended', { permission });
  if (access.membership && !isTenantUsable(access.tenant.status)) {
    throw new AppError('tenant_suspended', { permission });
  }
  throw new AppError('permission_denied', { permission, detail: `Requires the permission ${permission}` });
}

/** The permissions that an operation, or one of its fields, requires. */
export type Requirement =
  | SystemPermission
  | { readonly anyOf: readonly [SystemPermission, ...SystemPermission[]] }
  | { readonly allOf: readonly SystemPermission[] };
/** By field of the body or the query: what a request that has it requires besides. */
export type FieldRequirements = Readonly<Record<string, Requirement>>;

/** Throws as assertPermission, with the first permission that is missing. */
export function assertRequirement(access: ActorAccess, requirement: Requirement): void {
  if (typeof requirement === 'string') assertPermission(access, requirement);
  else if ('allOf' in requirement) for (const permission of requirement.allOf) assertPermission(access, permission);
  else
    assertPermission(access, requirement.anyOf.find((permission) => holds(access, permission)) ?? requirement.anyOf[0]);
}

/** Throws as assertPermission unless the actor may set each field that the body has. */
export function assertFields(access: ActorAccess, fields: FieldRequirements, body: object): void {
  for (const [field, requirement] of Object.entries(fields)) {
    if ((body as Record<string, unknown>)[field] !== undefined) assertRequirement(access, requirement);
  }
}

/** What a request needs at least that sets any of these fields. */
export const anyOfFields = (fields: FieldRequirements): Requirement => {
  const all = Object.values(fields).flatMap((requirement) =>
    typeof requirement === 'string' ? [requirement] : 'anyOf' in requirement ? requirement.anyOf : requirement.allOf,
  );
  return { anyOf: [...new Set(all)] as [SystemPermission, ...SystemPermission[]] };
};
