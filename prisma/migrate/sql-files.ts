import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type pg from 'pg';

/** One file of prisma/sql; `path` is relative to the folder. */
type SqlFile = { path: string; content: string };

const ORDER = ['begin.sql', 'functions', 'views', 'triggers', 'end.sql'];
const rank = ({ path }: SqlFile) => ORDER.indexOf(path.split('/')[0] ?? '');

/** Returns the files in the order of application. Throws on a file that has no place in it. */
export async function sqlFiles(folder: string): Promise<SqlFile[]> {
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

/** Covers the migrations too: the files are applied again after each of them, also when the process died in between. */
export function checksum(files: SqlFile[], migrations: string[]): string {
  const hash = createHash('sha256').update(migrations.join('\n'));
  for (const { path, content } of files) hash.update(`\n${path}\n${content}`);
  return hash.digest('hex');
}

/** Returns the checksum of what was applied last. It is the comment of the schema: a table would be drift to Prisma. */
export async function appliedChecksum(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT obj_description('public'::regnamespace, 'pg_namespace') AS comment`,
  );
  return /^prisma\/sql (\w+)$/.exec(rows[0]?.comment ?? '')?.[1];
}

/** Applies all files as one transaction. Each may set another role for itself. */
export async function applySql(client: pg.Client, files: SqlFile[], sum: string): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const { path, content } of files) {
      await client.query(`${content}\n;RESET ROLE`).catch((cause) => {
        throw new Error(`prisma/sql/${path} failed: ${describeError(cause, content)}`, { cause });
      });
    }
    await client.query(`COMMENT ON SCHEMA public IS 'prisma/sql ${sum}'`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** PostgreSQL's message, with the line of the script that it is about. */
export function describeError({ message, detail, hint, position }: pg.DatabaseError, script: string): string {
  const line = position && `line ${script.slice(0, Number(position)).split('\n').length}`;
  return [message, line, detail, hint].filter(Boolean).join('; ');
}
