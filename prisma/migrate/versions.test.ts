import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { run, startTestServer, writeFile } from './test-server.ts';

const FIRST = { '20260101000000_first': 'CREATE TABLE first (id int);' };
const SECOND = { '20260102000000_second': 'CREATE TABLE second (id int);' };
const VERSIONS = {
  old: { migrations: FIRST, functions: ['one'] },
  newer: { migrations: FIRST, functions: ['one', 'two'] },
  newest: { migrations: { ...FIRST, ...SECOND }, functions: ['one', 'two', 'three'] },
};
type Version = keyof typeof VERSIONS;

let server: Awaited<ReturnType<typeof startTestServer>>;
const folderOf = (version: Version) => join(server.home, version, 'migrations');

beforeAll(async () => {
  server = await startTestServer();
  for (const version of Object.keys(VERSIONS) as Version[]) {
    const { migrations, functions } = VERSIONS[version];
    for (const [name, sql] of Object.entries(migrations))
      writeFile(join(folderOf(version), name, 'migration.sql'), sql);
    for (const name of functions) {
      const sql = `CREATE OR REPLACE FUNCTION ${name}() RETURNS text LANGUAGE sql AS $$SELECT '${version}'$$;`;
      writeFile(join(server.home, version, 'sql/functions', `${name}.sql`), sql);
    }
  }
});
afterAll(() => server?.stop());

/** Starts the versions one after the other on a new database. */
async function databaseAfter(name: string, ...versions: Version[]): Promise<string> {
  const url = await server.createDatabase(name);
  for (const version of versions) await start(url, version);
  return url;
}

const start = (url: string, version: Version, options = {}) => migrate(url, { folder: folderOf(version), ...options });
const pending = (url: string, version: Version) => pendingMigrations(url, folderOf(version));
const inForce = async (url: string) => (await run(url, 'SELECT one() AS version'))[0].version;

describe.each<Version>(['newer', 'newest'])('the old version beside the %s', (version) => {
  it('stays ready and changes nothing when it restarts', async () => {
    const url = await databaseAfter(`beside_${version}`, 'old', version);
    const lines: string[] = [];
    const before = await catalogue(url);
    expect(await pending(url, 'old')).toEqual([]);
    expect(await start(url, 'old', { onProgress: (line: string) => lines.push(line) })).toEqual([]);
    expect(await catalogue(url)).toEqual(before);
    expect(lines.join()).toContain('db:migrate --force');
    expect(await pending(url, version)).toEqual([]);
    expect(await start(url, version)).toEqual([]);
  });

  it('takes over when forced, until the later version starts', async () => {
    const url = await databaseAfter(`forced_${version}`, 'old', version);
    expect(await start(url, 'old', { force: true })).toEqual(['sql']);
    expect(await inForce(url)).toBe('old');
    expect(await start(url, version)).toEqual(['sql']);
    expect(await start(url, 'old')).toEqual([]);
    expect(await inForce(url)).toBe(version);
  });
});

describe('an old version that the database has never had', () => {
  it('leaves a database alone that has migrations it does not know', async () => {
    const url = await databaseAfter('unknown_migration', 'newest');
    expect(await pending(url, 'old')).toEqual([]);
    expect(await start(url, 'old')).toEqual([]);
    expect(await inForce(url)).toBe('newest');
  });
});

describe('versions that start concurrently', () => {
  it('end with the newest and are all ready', async () => {
    const url = await databaseAfter('concurrent');
    const versions: Version[] = ['old', 'newest', 'old', 'newest'];
    const applied = await Promise.all(versions.map((version) => start(url, version)));
    expect(applied.flat().sort()).toContain('20260102000000_second');
    expect(await inForce(url)).toBe('newest');
    for (const version of versions) expect(await pending(url, version)).toEqual([]);
  });
});
