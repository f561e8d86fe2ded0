import pg from 'pg';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { Services } from '../core/services.ts';
import { createLocalUsers } from '../identity/local/create-user.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import { DEMO_TENANTS, tellEverything } from './build.ts';
import { DAY, WEEKS_TOLD } from './calendar.ts';
import { FIRST_OF_THE_DEMO } from './seed-context.ts';
import type { RoleRow } from './seed-state.ts';
import { fromIdentity } from './users.ts';
import { inTenant, writeTenant } from './write.ts';
import { writePeople } from './write-users.ts';

interface Seeding {
  services: Pick<Services, 'config' | 'db'>;
  ownerUrl: string;
  say: (line: string) => void;
}

/**
 * Fills an empty installation with the demo, once. What an interrupted start left out is made good by the next one; a
 * database that has people of its own is left alone, because the password of the demo's platform owner is known to all.
 * Answers whether the demo is there.
 */
export async function seedDemo({ services, ownerUrl, say }: Seeding): Promise<boolean> {
  const seen = await look(services.db);
  if (seen.missing.length === 0) return true;
  if (seen.isInhabited) {
    say('The demo is left out: this database has people of its own. SEED=none says so too.');
    return false;
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended('demo', 0))");
    // Another process may have done it in the meantime.
    const { missing, hasStaff } = await look(services.db);
    if (missing.length > 0) await fill(client, services, { missing, hasStaff, say });
    return true;
  } finally {
    await client.end();
  }
}

interface Seen {
  missing: string[];
  hasStaff: boolean;
  isInhabited: boolean;
}

/** One look at how far the demo is. A tenant that took one of its short names stands in for it. */
async function look({ sync }: Services['db']): Promise<Seen> {
  const ids = DEMO_TENANTS.map(({ id }) => id);
  const slugs = DEMO_TENANTS.map(({ slug }) => slug);
  const [seen] = await sync.$queryRaw<(Omit<Seen, 'missing'> & { present: string[] })[]>`
    SELECT
      ARRAY (SELECT id::text FROM tenant WHERE id = ANY (${ids}::uuid[])
             UNION ALL SELECT slug FROM tenant WHERE slug = ANY (${slugs}::text[])) AS present,
      EXISTS (SELECT FROM membership WHERE tenant_id = ${PLATFORM_TENANT_ID}::uuid AND user_id = ${FIRST_OF_THE_DEMO})
        AS "hasStaff",
      EXISTS (SELECT FROM "user") AND NOT EXISTS (SELECT FROM "user" WHERE id = ${FIRST_OF_THE_DEMO}) AS "isInhabited"`;
  if (!seen) throw new Error('one row answers');
  const isThere = new Set(seen.present);
  const missing = DEMO_TENANTS.filter(({ id, slug }) => !isThere.has(id) && !isThere.has(slug)).map(({ id }) => id);
  return { ...seen, missing };
}

type Work = Pick<Seen, 'missing' | 'hasStaff'> & Pick<Seeding, 'say'>;

/** First the people, then the platform that the tenants were made on, then each tenant by itself. */
async function fill(
  client: pg.Client,
  { db, config }: Seeding['services'],
  { missing, hasStaff, say }: Work,
): Promise<void> {
  const now = new Date();
  const createdAt = new Date(now.getTime() - (WEEKS_TOLD * 7 + 1) * DAY);
  const accounts = await createLocalUsers(
    db.authPool,
    DEMO_ACCOUNTS.map(({ email, name }) => ({ email, name, password: config.demoPassword, createdAt })),
  );
  const { tenant, roles } = await readPlatform(client);
  const telling = tellEverything(now, accounts.map(fromIdentity), tenant, roles);
  const tenants = telling.tenants.filter((ledger) => missing.includes(ledger.tenant.id));
  say(`Making the demo: ${tenants.map((ledger) => ledger.tenant.name).join(', ')}`);

  await client.query('SELECT ensure_audit_partitions(2, 1)');
  await writePeople(db, [...telling.everybody.values()]);
  if (!hasStaff) await writeTenant(client, telling.platform, telling.everybody, telling.permissions);
  for (const ledger of tenants) await writeTenant(client, ledger, telling.everybody);
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
