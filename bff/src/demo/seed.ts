import pg from 'pg';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { Services } from '../core/services.ts';
import { onlyRow } from '../db/rows.ts';
import { createLocalUsers } from '../identity/local/create-user.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import { buildDemo, DEMO_TENANTS } from './build.ts';
import { DAY, HISTORY_WEEKS } from './calendar.ts';
import { FIRST_DEMO_USER_ID } from './seed-context.ts';
import type { RoleRow } from './seed-state.ts';
import { fromIdentity } from './users.ts';
import { inTenant, writeTenant } from './write.ts';
import { writeUsers } from './write-users.ts';

interface SeedInput {
  services: Pick<Services, 'config' | 'db'>;
  ownerUrl: string;
  log: (line: string) => void;
}

/**
 * Fills an empty installation with the demo once, and returns whether the demo is present. An interrupted run is completed by
 * the next. A database with users of its own is skipped, because the password of the demo's platform owner is public.
 */
export async function seedDemo({ services, ownerUrl, log }: SeedInput): Promise<boolean> {
  const progress = await readProgress(services.db);
  if (progress.missing.length === 0) return true;
  if (progress.hasOwnUsers) {
    log('Skipped the demo: this database already has users. Set SEED=none to hide this message.');
    return false;
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended('demo', 0))");
    // Another process may have seeded it while this one waited for the lock.
    const { missing, hasStaff } = await readProgress(services.db);
    if (missing.length > 0) await fill(client, services, { missing, hasStaff, log });
    return true;
  } finally {
    await client.end();
  }
}

interface Progress {
  missing: string[];
  hasStaff: boolean;
  hasOwnUsers: boolean;
}

/** Reads which demo tenants are missing. A tenant with the slug of one counts as that one. */
async function readProgress({ sync }: Services['db']): Promise<Progress> {
  const ids = DEMO_TENANTS.map(({ id }) => id);
  const slugs = DEMO_TENANTS.map(({ slug }) => slug);
  const rows = await sync.$queryRaw<(Omit<Progress, 'missing'> & { present: string[] })[]>`
    SELECT
      ARRAY (SELECT id::text FROM tenant WHERE id = ANY (${ids}::uuid[])
             UNION ALL SELECT slug FROM tenant WHERE slug = ANY (${slugs}::text[])) AS present,
      EXISTS (SELECT FROM membership WHERE tenant_id = ${PLATFORM_TENANT_ID}::uuid AND user_id = ${FIRST_DEMO_USER_ID})
        AS "hasStaff",
      EXISTS (SELECT FROM "user") AND NOT EXISTS (SELECT FROM "user" WHERE id = ${FIRST_DEMO_USER_ID}) AS "hasOwnUsers"`;
  const progress = onlyRow(rows);
  const existing = new Set(progress.present);
  const missing = DEMO_TENANTS.filter(({ id, slug }) => !existing.has(id) && !existing.has(slug)).map(({ id }) => id);
  return { ...progress, missing };
}

type Remaining = Pick<Progress, 'missing' | 'hasStaff'> & Pick<SeedInput, 'log'>;

/** Writes users, then the platform, then each tenant in a transaction of its own. */
async function fill(
  client: pg.Client,
  { db, config }: SeedInput['services'],
  { missing, hasStaff, log }: Remaining,
): Promise<void> {
  const now = new Date();
  const createdAt = new Date(now.getTime() - (HISTORY_WEEKS * 7 + 1) * DAY);
  const accounts = await createLocalUsers(
    db.authPool,
    DEMO_ACCOUNTS.map(({ email, name }) => ({ email, name, password: config.demoPassword, createdAt })),
  );
  const { tenant, roles } = await readPlatform(client);
  const demo = buildDemo(now, accounts.map(fromIdentity), tenant, roles);
  const tenants = demo.tenants.filter((state) => missing.includes(state.tenant.id));
  log(`Seeding the demo: ${tenants.map((state) => state.tenant.name).join(', ')}`);

  await client.query('SELECT ensure_audit_partitions(2, 1)');
  await writeUsers(db, [...demo.usersById.values()]);
  if (!hasStaff) await writeTenant(client, demo.platform, demo.usersById, demo.permissions);
  for (const state of tenants) await writeTenant(client, state, demo.usersById);
}

const readPlatform = (client: pg.Client) =>
  inTenant(client, PLATFORM_TENANT_ID, async () => {
    const { rows } = await client.query<RoleRow>(
      `SELECT tenant_id AS "tenantId", id, key, name, description, is_system AS "isSystem", is_default AS "isDefault",
         is_owner AS "isOwner", is_self_assignable AS "isSelfAssignable", identity_role AS "identityRole",
         parent_role_id AS "parentRoleId", template_key AS "templateKey", effective_permissions AS "effectivePermissions",
         version, created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"
       FROM role`,
    );
    const tenant = await client.query(
      'SELECT id, name, slug, status, kind, version, created_at AS "createdAt", updated_at AS "updatedAt" FROM tenant',
    );
    return { tenant: tenant.rows[0], roles: rows };
  });
