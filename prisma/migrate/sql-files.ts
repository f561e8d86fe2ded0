import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import pg from 'pg';

/** One file of prisma/sql; `path` is relative to the folder. */
type SqlFile = { path: string; content: string };
/** What is to be applied, and the comment that the schema has from then on. */
export type PendingSql = { files: SqlFile[]; comment: string };

const ORDER = ['begin.sql', 'functions', 'views', 'triggers', 'end.sql'];
const rank = ({ path }: SqlFile) => ORDER.indexOf(path.split('/')[0] ?? '');
const DEADLOCK = '40P01';
const MAX_ATTEMPTS = 10;

/**
 * Returns the files that differ from what was applied last, in order; undefined when none does. The schema's comment has the
 * checksums: a table would be drift to Prisma. They cover the migrations, so that all is applied again after each of them.
 */
export async function pendingSql(
  client: pg.Client,
  folder: string,
  migrations: string[],
): Promise<PendingSql | undefined> {
  const files = await sqlFiles(folder);
  if (files.length === 0) return undefined;
  // Replacing a view or a trigger locks its table against the requests of a running server; replacing a function does not.
  const isLocking = ({ path }: SqlFile) => /^(views|triggers)\//.test(path);
  const locking = checksum(files.filter(isLocking), migrations);
  const comment = `prisma/sql ${checksum(files, migrations)}, views and triggers ${locking}`;
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT obj_description('public'::regnamespace, 'pg_namespace') AS comment`,
  );
  const applied = rows[0]?.comment;
  if (applied === comment) return undefined;
  return { files: applied?.endsWith(locking) ? files.filter((file) => !isLocking(file)) : files, comment };
}

/** Applies the files as one transaction, again after a deadlock with the requests of a running server. */
export async function applySql(client: pg.Client, { files, comment }: PendingSql): Promise<void> {
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

/** Returns all files in the order of application. Throws on a file that has no place in it. */
async function sqlFiles(folder: string): Promise<SqlFile[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({
        path: relative(folder, join(parentPath, name)).split(sep).join('/'),
        content: await readFile(join(parentPath, name), 'utf8'),
      })),
  );
  const unplaced = files.filter((file) => rank(file) < 0).map(({ path }) => path);
  if (unplaced.length > 0)
    throw new Error(`Only these are applied from prisma/sql: ${ORDER.join(', ')}. Not ${unplaced.join(', ')}`);
  return files.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function checksum(files: SqlFile[], migrations: string[]): string {
  const hash = createHash('sha256').update(migrations.join('\n'));
  for (const { path, content } of files) hash.update(`\n${path}\n${content}`);
  return hash.digest('hex');
}

/** Returns PostgreSQL's message with the line of the script, or the function, that it is about. */
export function describeError({ message, detail, hint, position, where }: pg.DatabaseError, script: string): string {
  const line = position && `line ${script.slice(0, Number(position)).split('\n').length}`;
  return [message, line ?? where?.split('\n')[0], detail, hint].filter(Boolean).join('; ');
}
