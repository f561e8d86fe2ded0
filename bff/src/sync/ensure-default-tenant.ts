import type { Tenant } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { createTenantRoles } from '../access/roles/create-tenant-roles.ts';
import { insertAudit } from '../audit/record.ts';
import { ConfigError } from '../core/config.ts';
import type { Database } from '../core/services.ts';
import { searchText } from '../core/text/fold.ts';
import { lockTenant } from '../db/locks.ts';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import { joinDefaultTenant } from './apply/default-tenant.ts';
import { NO_TENANT, type SyncSettings } from './context.ts';

const AT_START = { requestId: 'start', ip: null, userAgent: null };
const BY_SYSTEM = { type: 'system', id: 'default-tenant', sessionId: null } as const;
const BATCH = 500;

/**
 * Creates the tenant that DEFAULT_TENANT names, where it is missing, and adds all existing users to it. Throws ConfigError when
 * that tenant cannot be the default.
 */
export async function ensureDefaultTenant(db: Pick<Database, 'sync'>, settings: SyncSettings): Promise<void> {
  const tenantId = await tenantTx(db.sync, NO_TENANT, (tx) => markDefault(tx, settings.defaultTenant));
  if (!tenantId) return;
  const ctx = { actor: BY_SYSTEM, origin: AT_START, settings };
  for (let joined = BATCH; joined === BATCH; ) {
    joined = await tenantTx(db.sync, NO_TENANT, async (tx) => {
      const missing = await tx.$queryRaw<{ id: string; role: string | null }[]>`
        SELECT id, identity_role AS role FROM "user" person
        WHERE deleted_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM membership WHERE tenant_id = ${tenantId}::uuid AND user_id = person.id)
        ORDER BY id LIMIT ${BATCH}`;
      const newcomers = missing.map(({ id, role }) => ({ userId: id, role, chosenRole: null, ctx }));
      if (newcomers.length > 0) await joinDefaultTenant(tx, tenantId, newcomers);
      return newcomers.length;
    });
  }
}

async function markDefault(tx: Tx, slug: string | null): Promise<string | null> {
  await lockTenant(tx, PLATFORM_TENANT_ID);
  await tx.$executeRaw`UPDATE tenant SET is_default = false WHERE is_default AND slug IS DISTINCT FROM ${slug}`;
  if (!slug) return null;
  const stored = await tx.tenant.findFirst({ where: { slug } });
  const objection = stored && objectionTo(stored);
  if (objection) throw new ConfigError([`DEFAULT_TENANT: ${slug} is ${objection}`]);
  const id = stored?.id ?? (await createDefault(tx, slug));
  if (!stored?.isDefault) await tx.$executeRaw`UPDATE tenant SET is_default = true WHERE id = ${id}::uuid`;
  return id;
}

/** The creator of an organization names it: a name that became free must not show its owner all users. */
function objectionTo({ kind, status, identityOrgId }: Tenant): string | null {
  if (kind === 'platform') return 'the platform itself';
  if (status === 'archived') return 'archived';
  return identityOrgId === null ? null : 'an organization of the identity provider, which says who belongs to it';
}

async function createDefault(tx: Tx, slug: string): Promise<string> {
  const name = slug.replaceAll('-', ' ').replace(/^./, (initial) => initial.toUpperCase());
  const { id } = await tx.tenant.create({ data: { id: uuid(), name, slug, searchText: searchText(name, slug) } });
  await lockTenant(tx, id);
  await createTenantRoles(tx, id, 'customer');
  await insertAudit(tx, {
    tenantId: id,
    actor: BY_SYSTEM,
    origin: AT_START,
    action: 'tenant.created',
    category: 'tenant',
    target: { type: 'tenant', id, label: name },
    after: { name, slug, status: 'active' },
    reason: 'Named by DEFAULT_TENANT',
  });
  return id;
}
