import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureLogins } from '../logins/ensure.ts';
import { loginUrl } from '../logins/urls.ts';
import { catalogue } from './catalogue.ts';
import { migrate } from './migrate.ts';
import { run, startTestServer, writeFile } from './test-server.ts';

let server: Awaited<ReturnType<typeof startTestServer>>;
let url: string;

beforeAll(async () => {
  server = await startTestServer();
  for (const folder of ['migrations', 'sql']) {
    cpSync(join(import.meta.dirname, '..', folder), join(server.home, folder), { recursive: true });
  }
  url = server.ownerUrl;
  await migrateTo(url);
});
afterAll(() => server?.stop());

const write = (path: string, content: string) => writeFile(join(server.home, path), content);
const migrateTo = (database: string) => migrate(database, { folder: join(server.home, 'migrations') });

const PROBE = 'sql/functions/access/probe.sql';
const probe = (columns: string, values: string) => `SET LOCAL ROLE rolecall_access;
  CREATE OR REPLACE FUNCTION probe(of_role uuid) RETURNS TABLE (${columns}) LANGUAGE sql AS $$ SELECT ${values} $$;
  GRANT EXECUTE ON FUNCTION probe(uuid) TO rolecall_server;`;
const probeView = (column: string) => `CREATE OR REPLACE VIEW probe_role AS SELECT id AS ${column} FROM role;`;

describe('a changed file of the folder sql', () => {
  it('may rename the columns of a function and of a view', async () => {
    write(PROBE, probe('id int', '1'));
    write('sql/views/probe_role.sql', probeView('old_id'));
    await migrateTo(url);
    write(PROBE, probe('key text, total int', "'a', 2"));
    write('sql/views/probe_role.sql', probeView('new_id'));
    expect(await migrateTo(url)).toEqual(['sql']);
    expect(await run(loginUrl(url, 'server'), 'SELECT * FROM probe(NULL)')).toEqual([{ key: 'a', total: 2 }]);
    expect(await run(url, 'SELECT new_id FROM probe_role')).toEqual([]);
    expect(await run(url, "SELECT proowner::regrole::text AS owner FROM pg_proc WHERE proname = 'probe'")).toEqual([
      { owner: 'rolecall_access' },
    ]);
  });

  it('is refused by name where another object depends on the old columns', async () => {
    await run(url, 'CREATE VIEW dependent AS SELECT new_id FROM probe_role');
    write('sql/views/probe_role.sql', probeView('newest_id'));
    await expect(migrateTo(url)).rejects.toThrow(
      /views\/probe_role.sql failed: cannot drop view.*dependent depends on/,
    );
    await run(url, 'DROP VIEW dependent');
    expect(await migrateTo(url)).toEqual(['sql']);
  });
});

describe('a file removed from the folder sql', () => {
  it('leaves an upgraded database equal to a fresh one', async () => {
    write(
      'sql/triggers/probe_change.sql',
      `CREATE OR REPLACE FUNCTION probe_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE OR REPLACE TRIGGER probe_change AFTER UPDATE ON role FOR EACH ROW EXECUTE FUNCTION probe_change();`,
    );
    await migrateTo(url);
    expect((await catalogue(url)).join('\n')).toMatch(/CREATE TRIGGER probe_change/);
    for (const path of [PROBE, 'sql/views/probe_role.sql', 'sql/triggers/probe_change.sql']) {
      rmSync(join(server.home, path));
    }
    write(
      'migrations/29990101000000_remove_probes/migration.sql',
      `DROP TRIGGER IF EXISTS probe_change ON role;
       DROP FUNCTION IF EXISTS probe_change(), probe(uuid);
       DROP VIEW IF EXISTS probe_role;`,
    );
    expect(await migrateTo(url)).toEqual(['29990101000000_remove_probes', 'sql']);
    const fresh = await server.createDatabase('fresh');
    await ensureLogins(fresh);
    await migrateTo(fresh);
    expect(await catalogue(url)).toEqual(await catalogue(fresh));
  });
});
