import { basename } from 'node:path';
import pg from 'pg';
import { withLoginNames } from '../logins/urls.ts';
import type { SqlFile, SqlState } from './sql-files.ts';

const DEADLOCK = '40P01';
const MAX_ATTEMPTS = 10;
/** What CREATE OR REPLACE answers where columns or a return type differ: of a function, of a view. */
const CANNOT_REPLACE = ['42P13', '42P16'];

/** Applies the files as one transaction, again after a deadlock with the requests of a running server. */
export async function applySql(client: pg.Client, { files, comment }: SqlState, loginPrefix?: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query('BEGIN');
      for (const { path, content } of files)
        await applyFile(client, { path, content: withLoginNames(content, loginPrefix) });
      await client.query(`COMMENT ON SCHEMA public IS '${comment}'`);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      const cause = error instanceof Error ? error.cause : undefined;
      const isDeadlock = cause instanceof pg.DatabaseError && cause.code === DEADLOCK;
      if (!isDeadlock || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function applyFile(client: pg.Client, file: SqlFile): Promise<void> {
  try {
    await client.query('SAVEPOINT file');
    await execute(client, file).catch(async (error) => {
      if (!CANNOT_REPLACE.includes(error.code)) throw error;
      await client.query('ROLLBACK TO SAVEPOINT file');
      await dropOldForm(client, basename(file.path, '.sql'));
      await execute(client, file);
    });
  } catch (cause) {
    throw new Error(`prisma/sql/${file.path} failed: ${describeError(cause as pg.DatabaseError, file.content)}`, {
      cause,
    });
  }
}

/** Runs one file; the role that it may set for itself ends with it. */
const execute = (client: pg.Client, { content }: SqlFile) => client.query(`${content}\n;RESET ROLE`);

/** Drops the functions and the view of this name. PostgreSQL refuses where anything depends on them, and names it. */
async function dropOldForm(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `SELECT 'DROP FUNCTION ' || oid::regprocedure AS statement FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND proname = $1
     UNION ALL
     SELECT 'DROP VIEW ' || oid::regclass FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relname = $1 AND relkind = 'v'`,
    [name],
  );
  for (const { statement } of rows) await client.query(statement);
}

/** Returns PostgreSQL's message with the line of the script, or the function, that it is about. */
export function describeError({ message, detail, hint, position, where }: pg.DatabaseError, script: string): string {
  const line = position && `line ${script.slice(0, Number(position)).split('\n').length}`;
  return [message, line ?? where?.split('\n')[0], detail, hint].filter(Boolean).join('; ');
}
