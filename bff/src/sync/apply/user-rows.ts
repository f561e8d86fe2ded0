import type { Tx } from '../../db/tenant-tx.ts';
import { differing, type UserCopy, updatedEvent } from './user-fields.ts';

/** Our copy of a user between reading and writing. Times are the provider's milliseconds. */
export interface UserRow extends UserCopy {
  id: string;
  identityUpdatedAt: number;
  lastSignInAt: number | null;
  createdAt: number;
}
export type StoredUser = UserRow & { isDeleted: boolean };

/** Locks the users of these ids in the order input, and reads them. */
export async function lockAndReadUsers(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredUser>> {
  const rows = await tx.$queryRaw<StoredUser[]>`
    SELECT id, email, email_key AS "emailKey", email_verified AS "emailVerified", first_name AS "firstName", last_name AS "lastName", name,
      image_url AS "imageUrl", sort_name AS "sortName", search_text AS "searchText", banned, locked,
      identity_role AS "identityRole", identity_updated_at::float8 AS "identityUpdatedAt",
      (extract(epoch FROM last_sign_in_at) * 1000)::float8 AS "lastSignInAt",
      (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt", deleted_at IS NOT NULL AS "isDeleted"
    FROM lock_users(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes the rows that differ from what was stored. The caller writes the audit rows. */
export async function writeUserChanges(
  tx: Tx,
  before: ReadonlyMap<string, UserRow>,
  after: readonly UserRow[],
): Promise<void> {
  const differences = after.map((row) => {
    const stored = before.get(row.id);
    return {
      row,
      isAudited: !stored || updatedEvent(stored, row) !== null,
      isResorted: stored !== undefined && differing(stored, row).isResorted,
      hasNewTimes: stored?.identityUpdatedAt !== row.identityUpdatedAt || stored?.lastSignInAt !== row.lastSignInAt,
    };
  });
  const rowsWhere = (test: (difference: (typeof differences)[number]) => boolean) =>
    differences.filter(test).map(({ row }) => row);
  await writeUsers(
    tx,
    rowsWhere(({ isAudited }) => isAudited),
  );
  await touchUsers(
    tx,
    rowsWhere(({ isAudited, isResorted, hasNewTimes }) => !isAudited && (isResorted || hasNewTimes)),
  );
  await resortMemberships(
    tx,
    rowsWhere(({ isResorted }) => isResorted),
  );
}

/** Writes users whose audited fields are new or changed. */
async function writeUsers(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "user" (id, email, email_key, email_verified, first_name, last_name, name, image_url, sort_name, search_text, banned, locked,
      identity_role, identity_updated_at, last_sign_in_at, created_at, updated_at)
    SELECT id, email, "emailKey", "emailVerified", "firstName", "lastName", name, "imageUrl", "sortName", "searchText", banned, locked,
      "identityRole", "identityUpdatedAt", to_timestamp("lastSignInAt" / 1000), to_timestamp("createdAt" / 1000), now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb) AS input (id text, email text, "emailKey" text, "emailVerified" boolean, "firstName" text,
      "lastName" text, name text, "imageUrl" text, "sortName" text, "searchText" text, banned boolean, locked boolean,
      "identityRole" text, "identityUpdatedAt" bigint, "lastSignInAt" float8, "createdAt" float8)
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key, email_verified = excluded.email_verified, first_name = excluded.first_name,
      last_name = excluded.last_name, name = excluded.name, image_url = excluded.image_url, sort_name = excluded.sort_name,
      search_text = excluded.search_text, banned = excluded.banned, locked = excluded.locked, identity_role = excluded.identity_role,
      identity_updated_at = excluded.identity_updated_at, last_sign_in_at = excluded.last_sign_in_at, updated_at = excluded.updated_at`;
}

/** Writes times and sort columns only: a SET that names an audited column demands an audit row. */
async function touchUsers(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    UPDATE "user" SET identity_updated_at = input."identityUpdatedAt", last_sign_in_at = to_timestamp(input."lastSignInAt" / 1000),
      sort_name = input."sortName", search_text = input."searchText", email_key = input."emailKey", updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb)
      AS input (id text, "emailKey" text, "identityUpdatedAt" bigint, "lastSignInAt" float8, "sortName" text, "searchText" text)
    WHERE "user".id = input.id`;
}

/** Memberships carry a copy of the columns that sort and find their user. */
async function resortMemberships(tx: Tx, users: readonly UserRow[]): Promise<void> {
  if (users.length === 0) return;
  await tx.$executeRaw`
    UPDATE membership SET sort_name = input."sortName", search_text = input."searchText", updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(users)}::jsonb) AS input (id text, "sortName" text, "searchText" text)
    WHERE membership.user_id = input.id`;
}
