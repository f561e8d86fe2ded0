import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { insertAudit } from '../audit/record.ts';
import type { Random } from '../core/random.ts';
import type { Services } from '../core/services.ts';
import { emailKey } from '../core/text/email-address.ts';
import { searchTextOf, sortNameOf } from '../core/text/user-names.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import type { DemoUser } from './users.ts';
import { toRecords } from './write.ts';

const NO_TENANT = { tenantId: null, userId: null };

/** Writes the users with the login of identity sync. Safe to repeat. */
export async function writeUsers(db: Services['db'], users: readonly DemoUser[]): Promise<void> {
  const records = toRecords(users.flatMap(toRow));
  await tenantTx(db.sync, NO_TENANT, async (tx) => {
    const written = await tx.$executeRaw`
      INSERT INTO "user" (id, email, email_key, email_verified, first_name, last_name, name, sort_name, search_text, banned,
        identity_updated_at, last_sign_in_at, created_at, updated_at)
      SELECT id, email, email_key, email_verified, first_name, last_name, name, sort_name, search_text, banned,
        identity_updated_at, last_sign_in_at, created_at, updated_at
      FROM jsonb_populate_recordset(NULL::"user", ${records}::jsonb)
      ON CONFLICT (id) DO NOTHING`;
    if (written === 0) return;
    await insertAudit(tx, {
      tenantId: PLATFORM_TENANT_ID,
      actor: { type: 'system', id: null, sessionId: null },
      origin: { requestId: 'demo', ip: null, userAgent: null },
      action: 'tenant.demo_seeded',
      category: 'tenant',
      target: { type: 'tenant', id: PLATFORM_TENANT_ID, label: 'Platform' },
      context: { users: written },
    });
  });
}

/** Sets a last sign-in for most users, mostly a recent one. */
export function setLastSignIns(users: readonly DemoUser[], now: Date, random: Random): void {
  for (const user of users) {
    if (!user.created || !random.chance(0.88)) continue;
    const until = (user.bannedAt ?? now).getTime();
    user.lastSignInAt = new Date(until - (until - user.created.at.getTime()) * random.fraction() ** 2);
  }
}

function toRow(user: DemoUser) {
  if (!user.created) return [];
  const { id, email, emailVerified, firstName, lastName, name, bannedAt, created, lastSignInAt } = user;
  return [
    {
      id,
      email,
      emailKey: email === null ? null : emailKey(email),
      emailVerified,
      firstName,
      lastName,
      name,
      sortName: sortNameOf(name),
      searchText: searchTextOf(name, email),
      banned: bannedAt !== null,
      identityUpdatedAt: user.identityUpdatedAt ?? created.at.getTime(),
      lastSignInAt,
      createdAt: created.at,
      updatedAt: created.at,
    },
  ];
}
