import type { Tx } from '../../db/tenant-tx.ts';
import type { UserCopy } from './user-fields.ts';

/** A person as we have them, between reading and writing. Clocks are the provider's milliseconds. */
export interface UserRow extends UserCopy {
  id: string;
  identityUpdatedAt: number;
  lastSignInAt: number | null;
  createdAt: number;
}
export type StoredUser = UserRow & { isDeleted: boolean };

/** The people of these ids. Takes the lock of each, in the order given. */
export async function lockAndReadUsers(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredUser>> {
  const rows = await tx.$queryRaw<StoredUser[]>`
    SELECT id, email, email_verified AS "emailVerified", first_name AS "firstName", last_name AS "lastName", name,
      image_url AS "imageUrl", sort_name AS "sortName", search_text AS "searchText", banned, locked,
      identity_role AS "identityRole", identity_updated_at::float8 AS "identityUpdatedAt",
      (extract(epoch FROM last_sign_in_at) * 1000)::float8 AS "lastSignInAt",
      (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt", deleted_at IS NOT NULL AS "isDeleted"
    FROM people_under_lock(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes people who are new or differ. Each needs an audit row in this transaction. */
export async function writeUsers(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "user" (id, email, email_verified, first_name, last_name, name, image_url, sort_name, search_text, banned, locked,
      identity_role, identity_updated_at, last_sign_in_at, created_at, updated_at)
    SELECT id, email, "emailVerified", "firstName", "lastName", name, "imageUrl", "sortName", "searchText", banned, locked,
      "identityRole", "identityUpdatedAt", to_timestamp("lastSignInAt" / 1000), to_timestamp("createdAt" / 1000), now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb) AS given (id text, email text, "emailVerified" boolean, "firstName" text,
      "lastName" text, name text, "imageUrl" text, "sortName" text, "searchText" text, banned boolean, locked boolean,
      "identityRole" text, "identityUpdatedAt" bigint, "lastSignInAt" float8, "createdAt" float8)
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_verified = excluded.email_verified, first_name = excluded.first_name,
      last_name = excluded.last_name, name = excluded.name, image_url = excluded.image_url, sort_name = excluded.sort_name,
      search_text = excluded.search_text, banned = excluded.banned, locked = excluded.locked, identity_role = excluded.identity_role,
      identity_updated_at = excluded.identity_updated_at, last_sign_in_at = excluded.last_sign_in_at, updated_at = excluded.updated_at`;
}

/** Moves the clocks, and what orders and finds people, of those whose audited fields stay: named in SET, these would ask for a row. */
export async function touchUsers(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    UPDATE "user" SET identity_updated_at = given."identityUpdatedAt", last_sign_in_at = to_timestamp(given."lastSignInAt" / 1000),
      sort_name = given."sortName", search_text = given."searchText", updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb)
      AS given (id text, "identityUpdatedAt" bigint, "lastSignInAt" float8, "sortName" text, "searchText" text)
    WHERE "user".id = given.id`;
}

/** Memberships carry a copy of what orders and finds their person. */
export async function resortMemberships(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    UPDATE membership SET sort_name = given."sortName", search_text = given."searchText", updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb) AS given (id text, "sortName" text, "searchText" text)
    WHERE membership.user_id = given.id`;
}
