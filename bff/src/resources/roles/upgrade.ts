import { Prisma } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { refreshEffective } from '../../access/roles/graph.ts';
import { ROLE_TEMPLATES } from '../../access/roles/templates.ts';
import { insertAudit } from '../../audit/record.ts';
import type { Services } from '../../core/services.ts';
import { asOwner } from '../../db/database.ts';
import { lockTenant } from '../../db/locks.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { recordVersion } from './record-version.ts';

/** What the templates grant to the system roles of each kind of tenant. */
const TEMPLATES = JSON.stringify(
  Object.entries(ROLE_TEMPLATES).flatMap(([kind, templates]) =>
    templates.filter(({ isOwner }) => !isOwner).map(({ key, permissions }) => ({ kind, key, permissions })),
  ),
);

const OUTDATED = Prisma.sql`jsonb_to_recordset(${TEMPLATES}::jsonb) AS template (kind text, key text, permissions text[])
  JOIN role ON role.template_key = template.key AND role.is_system AND role.deleted_at IS NULL
    AND NOT (role.effective_permissions @> template.permissions AND role.effective_permissions <@ template.permissions)
  JOIN tenant ON tenant.id = role.tenant_id AND tenant.kind::text = template.kind`;

/**
 * Brings the system roles of existing tenants in line with their templates. Runs at each start, on every instance; reads one
 * statement where nothing differs. Returns how many roles changed.
 */
export async function upgradeSystemRoles(
  { db, log, stopping }: Pick<Services, 'db' | 'log' | 'stopping'>,
  ownerUrl: string,
): Promise<number> {
  const tenants = await db.platform.$queryRaw<{ id: string }[]>`SELECT DISTINCT tenant.id::text FROM ${OUTDATED}`;
  if (tenants.length === 0) return 0;
  let changed = 0;
  await asOwner(ownerUrl, async (owner) => {
    for (const { id } of tenants) {
      if (stopping.signal.aborted) return;
      try {
        changed += await tenantTx(owner, { tenantId: id, userId: null }, (tx) => upgradeTenant(tx, id));
      } catch (error) {
        log.error({ err: error, tenantId: id }, 'system role upgrade failed');
      }
    }
  });
  log.info({ roles: changed, tenants: tenants.length }, 'system roles upgraded');
  return changed;
}

interface Outdated {
  id: string;
  name: string;
  has: string[];
  wanted: string[];
}

async function upgradeTenant(tx: Tx, tenantId: string): Promise<number> {
  await lockTenant(tx, tenantId);
  const roles = await tx.$queryRaw<Outdated[]>`
    SELECT role.id::text, role.name, role.effective_permissions AS has, template.permissions AS wanted
    FROM ${OUTDATED} WHERE role.tenant_id = ${tenantId}::uuid`;
  const requestId = uuid();
  for (const { id, name, has, wanted } of roles) {
    await tx.rolePermission.deleteMany({ where: { tenantId, roleId: id, permissionCode: { notIn: wanted } } });
    await tx.rolePermission.createMany({
      data: wanted.map((permissionCode) => ({ tenantId, roleId: id, permissionCode })),
      skipDuplicates: true,
    });
    await tx.role.update({ where: { tenantId_id: { tenantId, id } }, data: { version: { increment: 1 } } });
    await recordVersion(tx, tenantId, id, { changedBy: null });
    await insertAudit(tx, {
      tenantId,
      actor: { type: 'system', id: null, sessionId: null },
      origin: { requestId, ip: null, userAgent: null },
      action: 'role.upgraded',
      category: 'role',
      severity: 'notice',
      target: { type: 'role', id, label: name },
      before: { permissions: [...has].sort() },
      after: { permissions: [...wanted].sort() },
    });
  }
  if (roles.length > 0) await refreshEffective(tx, tenantId);
  return roles.length;
}
