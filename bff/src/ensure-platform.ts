import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID, SYSTEM_PERMISSIONS } from './access/permissions.ts';
import { templateRows } from './access/roles/template-rows.ts';

/**
 * Creates what every installation has: the catalogue of system permissions, and the tenant of the platform with its roles. Runs at
 * start as the migrating login; where nothing is missing it neither changes nor records anything.
 */
export async function ensurePlatform(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tenant:${PLATFORM_TENANT_ID}`]);
    await client.query("SELECT set_config('app.current_tenant_id', $1, true)", [PLATFORM_TENANT_ID]);
    await ensurePermissions(client);
    await ensureTenant(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function ensurePermissions(client: pg.Client): Promise<void> {
  const wanted = Object.entries(SYSTEM_PERMISSIONS).map(([code, { scope, description }]) => ({
    code,
    scope,
    description,
  }));
  // Writing to the catalogue waits for every change under way: only where something differs.
  const { rows: outdated } = await client.query<{ code: string; isOfHostApp: boolean | null }>(
    `SELECT wanted.code, permission.is_system = false AS "isOfHostApp"
     FROM jsonb_to_recordset($1) AS wanted (code text, scope "PermissionScope", description text)
     LEFT JOIN permission USING (code)
     WHERE (permission.scope, permission.description, permission.is_system, permission.retired_at)
       IS DISTINCT FROM (wanted.scope, wanted.description, true, NULL::timestamptz)`,
    [JSON.stringify(wanted)],
  );
  if (outdated.length === 0) return;
  const taken = outdated.filter(({ isOfHostApp }) => isOfHostApp).map(({ code }) => code);
  if (taken.length > 0)
    throw new Error(`These codes are permissions of the host app, choose others: ${taken.join(', ')}`);
  const { rows: written } = await client.query<{ code: string; is_new: boolean }>(
    `INSERT INTO permission (code, scope, description, is_system)
     SELECT code, scope, description, true
     FROM jsonb_to_recordset($1) AS wanted (code text, scope "PermissionScope", description text)
     ON CONFLICT (code) DO UPDATE
       SET scope = excluded.scope, description = excluded.description, search_text = '', is_system = true, retired_at = NULL,
           version = permission.version + 1, updated_at = now()
       WHERE (permission.scope, permission.description, permission.is_system, permission.retired_at)
         IS DISTINCT FROM (excluded.scope, excluded.description, true, NULL::timestamptz)
     RETURNING code, version = 1 AS is_new`,
    [JSON.stringify(wanted)],
  );
  const codes = (isNew: boolean) => written.filter((row) => row.is_new === isNew).map((row) => row.code);
  await insertSystemAudit(client, {
    action: 'catalogue.updated',
    category: 'permission',
    target: ['catalogue', null, null],
    after: { added: codes(true), changed: codes(false) },
  });
}

async function ensureTenant(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO tenant (id, name, slug, kind) SELECT $1, 'Platform', 'platform', 'platform'
     WHERE NOT EXISTS (SELECT 1 FROM tenant WHERE id = $1)`,
    [PLATFORM_TENANT_ID],
  );
  if (rowCount === 0) return;
  const { roles, rolePermissions, roleVersions } = templateRows(PLATFORM_TENANT_ID, 'platform');
  for (const role of roles) {
    await client.query(
      `INSERT INTO role (tenant_id, id, key, name, description, is_system, is_default, is_owner, identity_role, template_key, effective_permissions)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        role.tenantId,
        role.id,
        role.key,
        role.name,
        role.description,
        role.isSystem,
        role.isDefault,
        role.isOwner,
        role.identityRole,
        role.templateKey,
        role.effectivePermissions,
      ],
    );
  }
  await client.query(
    `INSERT INTO role_permission (tenant_id, role_id, permission_code)
     SELECT "tenantId", "roleId", "permissionCode"
     FROM jsonb_to_recordset($1) AS made ("tenantId" uuid, "roleId" uuid, "permissionCode" text)`,
    [JSON.stringify(rolePermissions)],
  );
  await client.query(
    `INSERT INTO role_version (tenant_id, role_id, number, snapshot)
     SELECT "tenantId", "roleId", number, snapshot
     FROM jsonb_to_recordset($1) AS made ("tenantId" uuid, "roleId" uuid, number int, snapshot jsonb)`,
    [JSON.stringify(roleVersions)],
  );
  await insertSystemAudit(client, {
    action: 'tenant.created',
    category: 'tenant',
    target: ['tenant', PLATFORM_TENANT_ID, 'Platform'],
    after: { name: 'Platform', slug: 'platform', status: 'active' },
  });
}

interface SystemEntry {
  action: string;
  category: string;
  target: [type: string, id: string | null, label: string | null];
  after: object;
}

const insertSystemAudit = (client: pg.Client, { action, category, target, after }: SystemEntry) =>
  client.query(
    `INSERT INTO audit_log (tenant_id, id, actor_type, action, category, target_type, target_id, target_label, after)
     VALUES ($1, $2, 'system', $3, $4, $5, $6, $7, $8)`,
    [PLATFORM_TENANT_ID, uuid(), action, category, ...target, JSON.stringify(after)],
  );
