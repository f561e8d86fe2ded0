import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { insertAudit } from '../audit/record.ts';
import { searchTextOf, sortNameOf } from '../core/person.ts';
import type { Random } from '../core/random.ts';
import type { Services } from '../core/services.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import type { DemoPerson } from './users.ts';
import { toRecords } from './write.ts';

const NO_TENANT = { tenantId: null, userId: null };

/** Our copy of the people, over the login that writes what the identity provider says. Safe to repeat. */
export async function writePeople(db: Services['db'], people: readonly DemoPerson[]): Promise<void> {
  const records = toRecords(people.flatMap(toRow));
  await tenantTx(db.sync, NO_TENANT, async (tx) => {
    const written = await tx.$executeRaw`
      INSERT INTO "user" (id, email, email_verified, first_name, last_name, name, sort_name, search_text, banned,
        identity_updated_at, last_sign_in_at, created_at, updated_at)
      SELECT id, email, email_verified, first_name, last_name, name, sort_name, search_text, banned,
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
      context: { people: written },
    });
  });
}

/** Most people have signed in since they came, most of them lately. */
export function rememberSignIns(people: readonly DemoPerson[], now: Date, random: Random): void {
  for (const person of people) {
    if (!person.arrival || !random.chance(0.88)) continue;
    const until = (person.bannedAt ?? now).getTime();
    person.lastSignInAt = new Date(until - (until - person.arrival.at.getTime()) * random.fraction() ** 2);
  }
}

function toRow(person: DemoPerson) {
  if (!person.arrival) return [];
  const { id, email, emailVerified, firstName, lastName, name, bannedAt, arrival, lastSignInAt } = person;
  return [
    {
      id,
      email,
      emailVerified,
      firstName,
      lastName,
      name,
      sortName: sortNameOf(name),
      searchText: searchTextOf(name, email),
      banned: bannedAt !== null,
      identityUpdatedAt: person.identityUpdatedAt ?? arrival.at.getTime(),
      lastSignInAt,
      createdAt: arrival.at,
      updatedAt: arrival.at,
    },
  ];
}
