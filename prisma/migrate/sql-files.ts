import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type pg from 'pg';

/** One file of prisma/sql; `path` is relative to the folder. */
export type SqlFile = { path: string; content: string };
export type SqlState = {
  /** `superseded`: this version was applied, and another one after it. */
  state: 'pending' | 'applied' | 'superseded';
  /** What is to be applied, in order. */
  files: SqlFile[];
  /** The comment that the schema has from then on. */
  comment: string;
};

const ORDER = ['begin.sql', 'functions', 'views', 'triggers', 'end.sql'];
const rank = ({ path }: SqlFile) => ORDER.indexOf(path.split('/')[0] ?? '');
const VERSION = /[0-9a-f]{16}-[0-9a-f]{16}/g;

/**
 * Compares the folder with the versions that the database has had. The comment of its schema lists them, the last one in
 * force: a table would be drift to Prisma. A version covers the migrations, so that all is applied again after each of them.
 */
export async function compareSql(client: pg.Client, folder: string, migrations: string[]): Promise<SqlState> {
  const files = await sqlFiles(folder);
  // Replacing a view or a trigger locks its table against the requests of a running server; replacing a function does not.
  const isLocking = ({ path }: SqlFile) => /^(views|triggers)\//.test(path);
  const locking = checksum(files.filter(isLocking), migrations);
  const version = `${checksum(files, migrations)}-${locking}`;
  const versions = await appliedVersions(client);
  const earlier = versions.includes(version) ? versions.slice(0, versions.indexOf(version)) : versions;
  return {
    state: stateOf(version, versions, files),
    files: versions.at(-1)?.endsWith(locking) ? files.filter((file) => !isLocking(file)) : files,
    comment: ['prisma/sql', ...earlier, version].join(' '),
  };
}

function stateOf(version: string, versions: string[], files: SqlFile[]): SqlState['state'] {
  if (files.length === 0 || versions.at(-1) === version) return 'applied';
  return versions.includes(version) ? 'superseded' : 'pending';
}

async function appliedVersions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT obj_description('public'::regnamespace, 'pg_namespace') AS comment`,
  );
  return rows[0]?.comment?.match(VERSION) ?? [];
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
  return hash.digest('hex').slice(0, 16);
}
