import type { Tenant } from 'database/client';
import { v7 as uuid } from 'uuid';
import { createTenantRoles } from '../../access/roles/create-tenant-roles.ts';
import type { IdentityOrganization } from '../../core/identity-provider.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type Applied, lockOrganization, recordSync, type SyncContext } from '../context.ts';
import { freeSlug, slugOf } from './slug.ts';
import type { Outcome, Ties } from './user.ts';

/** Makes or renames the tenant of an organization. An older word never wins, and an archived tenant stays as it is. */
export function applyOrganization(tx: Tx, organization: IdentityOrganization, cause: SyncContext): Promise<Applied>;
export function applyOrganization(
  tx: Tx,
  organization: IdentityOrganization,
  cause: SyncContext,
  ties: Ties,
): Promise<Outcome>;
export async function applyOrganization(
  tx: Tx,
  organization: IdentityOrganization,
  cause: SyncContext,
  ties: Ties = 'believe',
): Promise<Outcome> {
  const stored = await lockedTenant(tx, organization.id);
  const identityUpdatedAt = BigInt(organization.updatedAt);
  if (!stored) {
    await createTenant(tx, organization, identityUpdatedAt, cause);
    return 'applied';
  }
  if (stored.status === 'archived' || stored.identityUpdatedAt > identityUpdatedAt) return 'ignored';

  const name = organization.name;
  const slug = await freeSlug(tx, slugOf(organization.slug ?? name), stored.slug);
  const changes = { ...(name === stored.name ? {} : { name }), ...(slug === stored.slug ? {} : { slug }) };
  const isChanged = Object.keys(changes).length > 0;
  if (isChanged && stored.identityUpdatedAt === identityUpdatedAt && ties === 'leave') return 'undecided';
  await tx.tenant.update({
    where: { id: stored.id },
    data: { identityUpdatedAt, ...changes, ...(isChanged ? { version: { increment: 1 } } : {}) },
  });
  if (isChanged) {
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, stored[key as keyof typeof changes]]));
    await recordTenant(tx, stored, cause, { action: 'tenant.updated', before, after: changes });
  }
  return 'applied';
}

/** The tenant of an organization that a membership speaks of, made from that membership if it came first. */
export async function ensureTenant(tx: Tx, organization: IdentityOrganization, cause: SyncContext): Promise<Tenant> {
  return (await lockedTenant(tx, organization.id)) ?? createTenant(tx, organization, 0n, cause);
}

/** Archives the tenant and keeps all it holds. One that was never seen leaves a tombstone, should its creation come late. */
export async function applyOrganizationDeleted(
  tx: Tx,
  id: string,
  slug: string | null,
  cause: SyncContext,
): Promise<Applied> {
  const stored = await lockedTenant(tx, id);
  if (stored?.status === 'archived') return 'ignored';
  const archived = { status: 'archived' as const };
  const tenant = stored
    ? await tx.tenant.update({ where: { id: stored.id }, data: { ...archived, version: { increment: 1 } } })
    : await tx.tenant.create({
        data: {
          id: uuid(),
          name: slug ?? id,
          slug: await freeSlug(tx, slugOf(slug ?? id)),
          identityOrgId: id,
          ...archived,
        },
      });
  await recordTenant(tx, tenant, cause, {
    action: 'tenant.archived',
    severity: 'warning',
    before: stored ? { status: stored.status } : null,
    after: archived,
    reason: 'The organization was deleted at the identity provider',
  });
  return 'applied';
}

async function lockedTenant(tx: Tx, organizationId: string): Promise<Tenant | null> {
  await lockOrganization(tx, organizationId);
  const tenant = await tx.tenant.findFirst({ where: { identityOrgId: organizationId } });
  if (!tenant) return null;
  await lockTenant(tx, tenant.id);
  return tx.tenant.findFirstOrThrow({ where: { id: tenant.id } });
}

async function createTenant(tx: Tx, organization: IdentityOrganization, identityUpdatedAt: bigint, cause: SyncContext) {
  const { id: identityOrgId, name } = organization;
  const slug = await freeSlug(tx, slugOf(organization.slug ?? name));
  const tenant = await tx.tenant.create({
    data: { id: uuid(), name, slug, identityOrgId, identityUpdatedAt, createdAt: new Date(organization.createdAt) },
  });
  await lockTenant(tx, tenant.id);
  await createTenantRoles(tx, tenant.id, 'customer');
  await recordTenant(tx, tenant, cause, { action: 'tenant.created', after: { name, slug, status: tenant.status } });
  return tenant;
}

type TenantEvent = Omit<Parameters<typeof recordSync>[2], 'category' | 'target' | 'tenantId'>;

const recordTenant = (tx: Tx, tenant: Pick<Tenant, 'id' | 'name'>, cause: SyncContext, event: TenantEvent) =>
  recordSync(tx, cause, {
    tenantId: tenant.id,
    category: 'tenant',
    target: { type: 'tenant', id: tenant.id, label: tenant.name },
    ...event,
  });
