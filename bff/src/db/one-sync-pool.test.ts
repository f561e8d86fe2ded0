import { Prisma } from '@rolecall/prisma/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawRows } from '../core/services.ts';
import { aTenant, aUser, type TestTenant } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { objectsOf } from './connect/raw-rows.ts';
import { ifPermitted, inScope, permitRows, setUser } from './scope.ts';
import { type Tx, tenantTx } from './tenant-tx.ts';

let harness: Harness;
let tenants: TestTenant[];
beforeAll(async () => {
  harness = await startHarness();
  const owner = await aUser(harness);
  tenants = [await aTenant(harness, { owner }), await aTenant(harness), await aTenant(harness)];
});
afterAll(() => harness.close());

const rolesSeen = (client: Pick<Tx, '$queryRaw'>) =>
  client.$queryRaw<{ tenant: string }[]>`SELECT DISTINCT tenant_id::text AS tenant FROM role`;

describe('row security of the server login', () => {
  it('shows nothing without a tenant', async () => {
    const { server } = harness.services.db;
    const tables = await server.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(relname) AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'SELECT')`;
    expect(tables.length).toBeGreaterThan(10);
    const counts = await Promise.all([
      server.tenant.count(),
      server.user.count(),
      server.membership.count(),
      server.role.count(),
      server.rolePermission.count(),
      server.membershipRole.count(),
      server.permission.count(),
      server.invitation.count(),
      server.auditLog.count(),
      server.auditSubject.count(),
    ]);
    expect(counts).toEqual(counts.map(() => 0));
  });

  it('isolates 3,000 concurrent statements: single, in batches and transactions, and failing', async () => {
    const ask = async (turn: number) => {
      const tenant = tenants[turn % tenants.length] as TestTenant;
      const scope = { tenantId: tenant.id, userId: null };
      const { server, changes, together } = harness.services.db;
      const isOwn = (seen: { tenant: string }[]) => seen.length === 1 && seen[0]?.tenant === tenant.id;
      if (turn % 10 > 5) {
        const user = Prisma.sql`SELECT ${setUser(Prisma.sql`${`user ${turn}`}::text`)}`;
        const permission = Prisma.sql`SELECT ${permitRows(Prisma.sql`${turn % 10 > 7}`)}`;
        const roles = Prisma.sql`SELECT DISTINCT tenant_id::text AS tenant, current_user_id() AS "user" FROM role`;
        // Each failure costs its connection.
        if (turn % 50 === 6)
          await expect(together.server(scope, [user, permission, Prisma.sql`SELECT 1 / 0`, roles])).rejects.toThrow();
        const answers = await together.server(scope, [user, permission, ifPermitted(roles)]);
        const seen = objectsOf<{ tenant: string; user: string }>(answers[2] as RawRows);
        if (turn % 10 < 8) return seen.length === 0;
        return isOwn(seen) && seen[0]?.user === `user ${turn}`;
      }
      if (turn % 10 === 1) return tenantTx(changes, scope, async (tx) => isOwn(await rolesSeen(tx)));
      return inScope(scope, async () => {
        if (turn % 10 === 0) await expect(server.$queryRaw`SELECT 1 / 0`).rejects.toThrow();
        return isOwn(await rolesSeen(server));
      });
    };
    const answers: boolean[] = [];
    for (let batch = 0; batch < 3_000; batch += 30) {
      answers.push(...(await Promise.all(Array.from({ length: 30 }, (_, index) => ask(batch + index)))));
    }
    expect(answers.filter((isOwn) => !isOwn)).toEqual([]);
    const leftBehind = await Promise.all(Array.from({ length: 24 }, () => rolesSeen(harness.services.db.server)));
    expect(leftBehind.flat()).toEqual([]);
    const settings = Prisma.sql`SELECT current_setting('app.rows_permitted', true) AS permitted, current_user_id() AS "user"`;
    for (const { permitted, user } of await harness.services.db.server.$queryRaw<Record<string, string>[]>(settings))
      expect([permitted || null, user]).toEqual([null, null]);
  });

  it('rejects writes into another tenant', async () => {
    const [mine, other] = tenants as [TestTenant, TestTenant];
    const plant = inScope({ tenantId: mine.id, userId: null }, () =>
      harness.services.db.server.auditSubject.create({ data: { tenantId: other.id, userId: 'planted' } }),
    );
    await expect(plant).rejects.toThrow(/row-level security/);
  });

  it('rejects a change without its audit row', async () => {
    const [mine] = tenants as [TestTenant];
    const change = inScope(
      { tenantId: mine.id, userId: null },
      () => harness.services.db.server.$executeRaw`UPDATE tenant SET name = 'Unrecorded' WHERE id = ${mine.id}::uuid`,
    );
    await expect(change).rejects.toThrow(/without an audit row/);
  });
});
