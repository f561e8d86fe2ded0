import { withClient } from '@rolecall/prisma/with-client';
import type pg from 'pg';
import { emailKey } from './core/text/email-address.ts';
import { type DatabaseAddress, sessionUrl } from './db/connect/address.ts';

const BATCH = 5_000;

/**
 * Computes what the server derives from users and an older version did not store. Runs at start, as the login that writes users;
 * where nothing is missing it only looks.
 */
export const fillDerivedColumns = (address: DatabaseAddress): Promise<void> =>
  withClient(sessionUrl(address, 'sync'), async (client) => {
    for (let last: string | undefined = ''; last !== undefined; ) last = await fillEmailKeys(client, last);
  });

/** Works on the users behind this id, and returns the last one of them. */
async function fillEmailKeys(client: pg.Client, after: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string; email: string }>(
    `SELECT id, email FROM "user" WHERE email IS NOT NULL AND email_key IS NULL AND id > $1 ORDER BY id LIMIT ${BATCH}`,
    [after],
  );
  const keys = rows.map(({ id, email }) => ({ id, key: emailKey(email) })).filter(({ key }) => key !== null);
  if (keys.length > 0) {
    await client.query(
      `UPDATE "user" SET email_key = input.key FROM jsonb_to_recordset($1) AS input (id text, key text)
       WHERE "user".id = input.id`,
      [JSON.stringify(keys)],
    );
  }
  return rows.at(-1)?.id;
}
