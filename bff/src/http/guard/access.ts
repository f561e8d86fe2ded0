import { Prisma } from '@rolecall/prisma/client';
import {
  type ActorAccess,
  type AuthorizedContext,
  assertRequirement,
  assertTenantVisible,
  type FieldRequirements,
  type Requirement,
  requireAccount,
} from '../../access/actor.ts';
import type { PlatformPermission } from '../../access/permissions.ts';
import type { PublicContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';

/** What a signed-in user needs. */
export type UserAccess =
  | { kind: 'authenticated' }
  /**
   * `fields`: what some fields require besides, which the operation asserts. `allowsSelf`: members and staff need no permission when the
   * query's `userId` is their own.
   */
  | { kind: 'tenant'; permission: Requirement; fields?: FieldRequirements; allowsSelf?: true }
  | { kind: 'platform'; permission: PlatformPermission; fields?: FieldRequirements };

/**
 * Who may call: any client, any signed-in user, the server of the host app by an API key, or a user with a permission in the tenant of
 * the path or in the platform.
 */
export type Access = HandledAccess | ReadAccess;

export type HandledAccess =
  /** `isSigned`: the operation verifies who sent it, so that its requests are not limited per address. */
  { kind: 'public'; isSigned?: true } | UserAccess;

/** Who may call an operation that one batch of statements answers. */
export type ReadAccess = { kind: 'api-key' } | UserAccess;

export type GuardedContext<A extends Access> = A extends { kind: 'public' } ? PublicContext : AuthorizedContext;

interface RequestedScope {
  isValidTenantId: boolean;
  isAboutSelf: boolean;
}

/** The decision of the guard. Throws what the caller is answered. */
export function authorize(
  access: UserAccess,
  held: ActorAccess,
  { isValidTenantId, isAboutSelf }: RequestedScope,
): void {
  requireAccount(held);
  if (access.kind === 'platform' && !held.platformPermissions.has(access.permission)) {
    throw new AppError('permission_denied', {
      permission: access.permission,
      detail: `Requires the permission ${access.permission}`,
    });
  }
  if (access.kind === 'tenant') {
    if (!isValidTenantId) throw new AppError('not_found');
    if (access.allowsSelf && isAboutSelf) assertTenantVisible(held);
    else assertRequirement(held, access.permission);
  }
}

/** As `authorize`, of the row `actor` of the database: where it is false, the rows of a read are not even read. */
export function permits(access: UserAccess): Prisma.Sql {
  const isActive = Prisma.sql`actor.user_state = 'active'`;
  if (access.kind === 'authenticated') return isActive;
  if (access.kind === 'platform')
    return Prisma.sql`${isActive} AND actor.platform_permissions @> ARRAY[${access.permission}]::text[]`;
  const isVisible = Prisma.sql`${isActive} AND actor.tenant_id IS NOT NULL
    AND (actor.membership_id IS NOT NULL OR cardinality(actor.platform_permissions) > 0)`;
  return access.allowsSelf ? isVisible : Prisma.sql`${isVisible} AND ${holdsRequired(access.permission)}`;
}

function holdsRequired(requirement: Requirement): Prisma.Sql {
  const held = Prisma.sql`(actor.permissions || actor.platform_permissions)`;
  if (typeof requirement === 'object' && 'anyOf' in requirement)
    return Prisma.sql`${held} && ${[...requirement.anyOf]}::text[]`;
  const all = typeof requirement === 'string' ? [requirement] : [...requirement.allOf];
  return Prisma.sql`${held} @> ${all}::text[]`;
}
