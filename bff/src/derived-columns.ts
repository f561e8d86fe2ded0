import { withClient } from '@rolecall/prisma/with-client';
import type pg from 'pg';
import { emailKey } from './core/text/email-address.ts';
import { searchText } from './core/text/fold.ts';
import { searchTextOf, sortNameOf } from './core/text/user-names.ts';
import { type DatabaseAddress, sessionUrl } from './db/connect/address.ts';

const BATCH = 5_000;

/** The key of each table, and the columns that lists of it search. */
const SEARCHED = {
  tenant: [['id'], ['name', 'slug']],
  role: [
    ['tenant_id', 'id'],
    ['name', 'description'],
  ],
  permission: [['code'], ['code', 'description']],
  api_key: [['tenant_id', 'id'], ['name']],
  invitation: [['tenant_id', 'id'], ['email']],
} as const;

/**
 * Computes what the server derives from names and addresses, where an older version or a migration did not. Runs at start, as the login
 * that writes users; where nothing is missing it only looks.
 */
export const fillDerivedColumns = (address: DatabaseAddress): Promise<void> =>
  withClient(sessionUrl(address, 'sync'), async (client) => {
    for (let last: string | undefined = ''; last !== undefined; ) last = await fillUsers(client, last);
    await client.query(
      `UPDATE audit_subject SET search_text = person.search_text FROM "user" person
       WHERE person.id = audit_subject.user_id AND audit_subject.search_text = '' AND audit_subject.name IS NOT NULL`,
    );
    for (const [table, [keys, texts]] of Object.entries(SEARCHED)) await fillSearchText(client, table, keys, texts);
  });

/** Works on the users behind this id, and returns the last one of them. What was folded is ASCII. */
async function fillUsers(client: pg.Client, after: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string; name: string; email: string | null }>(
    `SELECT id, name, email FROM "user"
     WHERE ((email IS NOT NULL AND email_key IS NULL) OR octet_length(search_text) > char_length(search_text)) AND id > $1
     ORDER BY id LIMIT ${BATCH}`,
    [after],
  );
  if (rows.length === 0) return undefined;
  const derived = rows.map(({ id, name, email }) => ({
    id,
    email_key: email === null ? null : emailKey(email),
    sort_name: sortNameOf(name),
    search_text: searchTextOf(name, email),
  }));
  await client.query(
    `WITH input AS (
       SELECT * FROM jsonb_to_recordset($1) AS input (id text, email_key text, sort_name text, search_text text)
     ), members AS (
       UPDATE membership SET sort_name = input.sort_name, search_text = input.search_text FROM input
       WHERE membership.user_id = input.id
     )
     UPDATE "user" SET email_key = input.email_key, sort_name = input.sort_name, search_text = input.search_text FROM input
     WHERE "user".id = input.id`,
    [JSON.stringify(derived)],
  );
  return rows.at(-1)?.id;
}

async function fillSearchText(client: pg.Client, table: string, keys: readonly string[], texts: readonly string[]) {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT ${[...keys, ...texts].join()} FROM ${table} WHERE search_text = ''`,
  );
  if (rows.length === 0) return;
  const derived = rows.map((row) => ({ ...row, search_text: searchText(...texts.map((text) => row[text] ?? null)) }));
  await client.query(
    `UPDATE ${table} SET search_text = input.search_text
     FROM jsonb_to_recordset($1) AS input (${keys.map((key) => `${key} text`).join()}, search_text text)
     WHERE ${keys.map((key) => `${table}.${key}::text = input.${key}`).join(' AND ')}`,
    [JSON.stringify(derived)],
  );
}
