import { afterAll, beforeAll, expect, test } from 'vitest';
import { loginUrl } from '../logins/urls.ts';
import { catalogue } from './catalogue.ts';
import { migrate } from './migrate.ts';
import { run, startTestServer } from './test-server.ts';

let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer();
  await migrate(server.ownerUrl);
});
afterAll(() => server?.stop());

const TENANT = '00000000-0000-7000-8000-000000000001';
const inTenant = (sql: string) => run(`${server.ownerUrl}?options=-c%20app.current_tenant_id%3D${TENANT}`, sql);

test('rows written before their month has a partition move into it', async () => {
  const before = await catalogue(server.ownerUrl);
  const [{ month, partition }] = await run(
    server.ownerUrl,
    `SELECT to_char(month, 'YYYY-MM') AS month, to_char(month, '"audit_log_"YYYY_MM') AS partition
     FROM (SELECT (now() AT TIME ZONE 'UTC') + interval '2 months' AS month) later`,
  );
  await run(server.ownerUrl, `DROP TABLE ${partition}`);
  const days = [`${month}-01 00:00:00+00`, `${month}-28 23:59:59+00`, '2000-01-01 00:00:00+00'];
  await inTenant(
    `INSERT INTO audit_log (tenant_id, id, actor_type, action, category, created_at) VALUES
     ${days.map((day) => `('${TENANT}', gen_random_uuid(), 'system', 'a', 'b', '${day}')`).join(', ')}`,
  );

  await run(loginUrl(server.ownerUrl, 'server'), 'SELECT ensure_audit_partitions(0, 3)');
  const placed = `SELECT tableoid::regclass::text AS partition, count(*)::int FROM audit_log GROUP BY 1 ORDER BY 1`;
  expect(await inTenant(placed)).toEqual([
    { partition, count: 2 },
    { partition: 'audit_log_default', count: 1 },
  ]);
  expect(await catalogue(server.ownerUrl)).toEqual(before);
});
