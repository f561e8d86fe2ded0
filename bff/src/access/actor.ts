import type { PrismaClient } from 'database/client';
import type { Tx } from '../db/tenant-tx.ts';
import { AppError } from '../errors.ts';

/** What the current actor may do in the current tenant, at this moment. */
export interface ActorAccess {
  user: {
    id: string;
    name: string;
    email: string | null;
    emailVerified: boolean;
    state: 'active' | 'banned' | 'deleted';
  } | null;
  tenant: { id: string; status: string; kind: 'platform' | 'customer' } | null;
  membership: { id: string; status: 'active' | 'suspended' } | null;
  /** Held through the membership in this tenant. */
  permissions: ReadonlySet<string>;
  /** Held through the platform tenant; its tenant permissions count in every tenant. */
  platformPermissions: ReadonlySet<string>;
}

interface Row {
  user_id: string | null;
  user_name: string;
  user_email: string | null;
  user_email_verified: boolean;
  user_state: 'active' | 'banned' | 'deleted';
  tenant_id: string | null;
  tenant_status: string;
  tenant_kind: 'platform' | 'customer';
  membership_id: string | null;
  membership_status: 'active' | 'suspended';
  permissions: string[];
  platform_permissions: string[];
}

/** Reads access in the scope the client or transaction runs in. Never cached: a revocation is obeyed by the next call. */
export async function readAccess(client: PrismaClient | Tx): Promise<ActorAccess> {
  const [row] = await client.$queryRaw<Row[]>`SELECT * FROM actor_access()`;
  if (!row) throw new Error('actor_access() answers with exactly one row');
  return {
    user: row.user_id
      ? {
          id: row.user_id,
          name: row.user_name,
          email: row.user_email,
          emailVerified: row.user_email_verified,
          state: row.user_state,
        }
      : null,
    tenant: row.tenant_id ? { id: row.tenant_id, status: row.tenant_status, kind: row.tenant_kind } : null,
    membership: row.membership_id ? { id: row.membership_id, status: row.membership_status } : null,
    permissions: new Set(row.permissions),
    platformPermissions: new Set(row.platform_permissions),
  };
}

export const holds = (access: ActorAccess, permission: string): boolean =>
  access.permissions.has(permission) || access.platformPermissions.has(permission);

/** Throws account_not_here or account_disabled unless the actor is a person who may act at all. */
export function requireAccount(access: ActorAccess): NonNullable<ActorAccess['user']> {
  if (!access.user) throw new AppError('account_not_here');
  if (access.user.state !== 'active') throw new AppError('account_disabled');
  return access.user;
}

/** Throws not_found where the actor may not even know of the tenant. */
export function requirePlace(
  access: ActorAccess,
): asserts access is ActorAccess & { tenant: NonNullable<ActorAccess['tenant']> } {
  requireAccount(access);
  const isStaff = access.platformPermissions.size > 0;
  if (!access.tenant || (!access.membership && !isStaff)) throw new AppError('not_found');
}

/**
 * The one decision. Throws not_found where the actor may not even know of the tenant, permission_denied with the
 * permission otherwise.
 */
export function requirePermission(access: ActorAccess, permission: string): void {
  requirePlace(access);
  if (holds(access, permission)) return;
  if (access.membership?.status === 'suspended') throw new AppError('membership_suspended', { permission });
  if (access.membership && !['trialing', 'active'].includes(access.tenant.status)) {
    throw new AppError('tenant_suspended', { permission });
  }
  throw new AppError('permission_denied', { permission, detail: `This needs the permission ${permission}` });
}
