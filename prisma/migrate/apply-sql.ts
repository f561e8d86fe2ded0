import pg from 'pg';
import type { SqlFile, SqlState } from './sql-files.ts';

const DEADLOCK = '40P01';
const MAX_ATTEMPTS = 10;

/** Applies the files as one transaction, again after a deadlock with the requests of a running server. */
export async function applySql(client: pg.Client, { files, comment }: SqlState): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query('BEGIN');
      for (const file of files) await applyFile(client, file);
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

/** Runs one file; the role that it may set for itself ends with it. */
async function applyFile(client: pg.Client, { path, content }: SqlFile): Promise<void> {
  try {
    await client.query(`${content}\n;RESET ROLE`);
  } catch (cause) {
    throw new Error(`prisma/sql/${path} failed: ${describeError(cause as pg.DatabaseError, content)}`, { cause });
  }
}

/** Returns PostgreSQL's message with the line of the script, or the function, that it is about. */
export function describeError({ message, detail, hint, position, where }: pg.DatabaseError, script: string): string {
  const line = position && `line ${script.slice(0, Number(position)).split('\n').length}`;
  return [message, line ?? where?.split('\n')[0], detail, hint].filter(Boolean).join('; ');
}
