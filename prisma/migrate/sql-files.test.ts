import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations } from './migrate.ts';
import { run, startTestServer, writeFile } from './test-server.ts';

let server: Awaited<ReturnType<typeof startTestServer>>;
let options: { folder: string };

beforeAll(async () => {
  server = await startTestServer();
  options = { folder: join(server.home, 'migrations') };
});
afterAll(() => server?.stop());

describe('the folder sql', () => {
  const write = (path: string, content: string) => writeFile(join(server.home, path), content);

  it('is applied after the migrations, once in concurrent processes', async () => {
    write('migrations/20260103000000_third/migration.sql', 'CREATE TABLE counted (id int);');
    write('sql/functions/count.sql', "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual(['20260103000000_third', 'sql']);
    const runs = await Promise.all([1, 2, 3].map(() => migrate(server.ownerUrl, options)));
    expect(runs.flat()).toEqual(['20260103000000_third', 'sql']);
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual([]);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 1 }]);
  });

  it('applies views and triggers only when one of them or a migration is new', async () => {
    write('sql/views/marks.sql', 'CREATE TABLE IF NOT EXISTS mark (id int); INSERT INTO mark VALUES (1);');
    await migrate(server.ownerUrl, options);
    write('sql/functions/other.sql', "CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';");
    await migrate(server.ownerUrl, options);
    expect(await run(server.ownerUrl, 'SELECT two(), count(*)::int FROM mark')).toEqual([{ two: 2, count: 1 }]);
    write('sql/triggers/none.sql', 'SELECT 1;');
    await migrate(server.ownerUrl, options);
    expect(await run(server.ownerUrl, 'SELECT count(*)::int FROM mark')).toEqual([{ count: 2 }]);
  });

  it('is applied again when a file changes or a migration is added', async () => {
    write('sql/functions/count.sql', "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 11';");
    expect(await migrate(server.ownerUrl, options)).toEqual(['sql']);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 11 }]);
    write('migrations/20260104000000_fourth/migration.sql', 'DROP FUNCTION one();');
    expect(await migrate(server.ownerUrl, options)).toEqual(['20260104000000_fourth', 'sql']);
    expect(await run(server.ownerUrl, 'SELECT one()')).toEqual([{ one: 11 }]);
  });

  it('names the file and the line of an error and leaves nothing behind', async () => {
    write('sql/functions/alpha.sql', "CREATE FUNCTION alpha() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    write('sql/views/broken.sql', 'SELECT 1;\nSELECT * FROM missing;');
    await expect(migrate(server.ownerUrl, options)).rejects.toThrow(/sql\/views\/broken.sql failed: .*missing.*line 2/);
    await expect(run(server.ownerUrl, 'SELECT alpha()')).rejects.toThrow('does not exist');
    expect(await pendingMigrations(server.ownerUrl, options.folder)).toEqual(['sql']);
  });

  it('rejects a file that has no place in the order', async () => {
    write('sql/tables/table.sql', 'SELECT 1');
    await expect(migrate(server.ownerUrl, options)).rejects.toThrow('tables/table.sql');
  });
});
