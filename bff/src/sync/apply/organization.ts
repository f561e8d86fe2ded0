import type { Tenant } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { createTenantRoles } from '../../access/roles/create-tenant-roles.ts';
import type { IdentityOrganization } from '../../core/identity-provider.ts';
import { searchText } from '../../core/text/fold.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import {
  type ApplyOutcome,
  type FinalStatus,
  lockOrganization,
  recordSync,
  type SyncContext,
  type TieBreak,
} from '../context.ts';
import { freeSlug, slugOf } from './slug.ts';

/** Creates or renames the tenant of an organization. Stale updates are ignored, and an archived tenant stays as it is. */
export function applyOrganization(tx: Tx, organization: IdentityOrganization, ctx: SyncContext): Promise<FinalStatus>;
export function applyOrganization(
  tx: Tx,
  organization: IdentityOrganization,
  ctx: SyncContext,
  tieBreak: TieBreak,
): Promise<ApplyOutcome>;
export async function applyOrganization(
  tx: Tx,
  organization: IdentityOrganization,
  ctx: SyncContext,
  tieBreak: TieBreak = 'accept',
): Promise<ApplyOutcome> {
  const stored = await lockedTenant(tx, organization.id);
  const identityUpdatedAt = BigInt(organization.updatedAt);
  if (!stored) {
    await createTenant(tx, organization, identityUpdatedAt, ctx);
    return 'applied';
  }
  if (stored.status === 'archived' || stored.identityUpdatedAt > identityUpdatedAt) return 'ignored';

  const name = organization.name;
  const slug = await freeSlug(tx, slugOf(organization.slug ?? name), stored.slug);
  const changes = { ...(name === stored.name ? {} : { name }), ...(slug === stored.slug ? {} : { slug }) };
  const isChanged = Object.keys(changes).length > 0;
  if (isChanged && stored.identityUpdatedAt === identityUpdatedAt && tieBreak === 'defer') return 'conflict';
  await tx.tenant.update({
    where: { id: stored.id },
    data: {
      identityUpdatedAt,
      ...changes,
      searchText: searchText(name, slug),
      ...(isChanged ? { version: { increment: 1 } } : {}),
    },
  });
  if (isChanged) {
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, stored[key as keyof typeof changes]]));
    await recordTenant(tx, stored, ctx, { action: 'tenant.updated', before, after: changes });
  }
  return 'applied';
}

/** Returns the tenant of a membership's organization, created from that membership if it came first. */
export async function ensureTenant(tx: Tx, organization: IdentityOrganization, ctx: SyncContext): Promise<Tenant> {
  return (await lockedTenant(tx, organization.id)) ?? createTenant(tx, organization, 0n, ctx);
}

/** Archives the tenant and keeps its data. An unknown one leaves a tombstone, in case its creation comes later. */
export async function applyOrganizationDeleted(
  tx: Tx,
  id: string,
  slug: string | null,
  ctx: SyncContext,
): Promise<FinalStatus> {
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
  await recordTenant(tx, tenant, ctx, {
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

async function createTenant(tx: Tx, organization: IdentityOrganization, identityUpdatedAt: bigint, ctx: SyncContext) {
  const { id: identityOrgId, name } = organization;
  const slug = await freeSlug(tx, slugOf(organization.slug ?? name));
  const tenant = await tx.tenant.create({
    data: {
      id: uuid(),
      name,
      slug,
      searchText: searchText(name, slug),
      identityOrgId,
      identityUpdatedAt,
      createdAt: new Date(organization.createdAt),
    },
  });
  await lockTenant(tx, tenant.id);
  await createTenantRoles(tx, tenant.id, 'customer');
  await recordTenant(tx, tenant, ctx, { action: 'tenant.created', after: { name, slug, status: tenant.status } });
  return tenant;
}

type TenantEvent = Omit<Parameters<typeof recordSync>[2], 'category' | 'target' | 'tenantId'>;

const recordTenant = (tx: Tx, tenant: Pick<Tenant, 'id' | 'name'>, ctx: SyncContext, event: TenantEvent) =>
  recordSync(tx, ctx, {
    tenantId: tenant.id,
    category: 'tenant',
    target: { type: 'tenant', id: tenant.id, label: tenant.name },
    ...event,
  });
