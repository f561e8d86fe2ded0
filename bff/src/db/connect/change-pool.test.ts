import { Prisma } from '@rolecall/prisma/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTenant, aUser, type TestTenant } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';
import { type Tx, tenantTx } from '../tenant-tx.ts';
import { sentWithNext } from './pipelined-client.ts';

let harness: Harness;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness();
  tenant = await aTenant(harness, { owner: await aUser(harness) });
});
afterAll(() => harness.close());

const inTenant = <T>(work: (tx: Tx) => Promise<T>, timeout = 10_000) =>
  tenantTx(harness.services.db.changes, { tenantId: tenant.id, userId: null }, work, { timeout });
const write = (tx: Tx, sql: Prisma.Sql) => tx.$executeRaw(sentWithNext(sql));
const rename = (tx: Tx, name: string) =>
  write(tx, Prisma.sql`UPDATE tenant SET name = ${name} WHERE id = ${tenant.id}::uuid`);
const fail = (tx: Tx) => write(tx, Prisma.sql`SELECT 1 / 0`);
const seenBy = (tx: Tx) => tx.$queryRaw<{ name: string }[]>`SELECT name FROM tenant WHERE id = ${tenant.id}::uuid`;

describe('a write that is sent with the next statement', () => {
  it('is seen by that statement', async () => {
    const seen = inTenant(async (tx) => {
      await rename(tx, 'Seen');
      throw new Error((await seenBy(tx))[0]?.name);
    });
    await expect(seen).rejects.toThrow('Seen');
  });

  it.each([
    ['the statement', async (tx: Tx) => void (await seenBy(tx))],
    ['COMMIT', async () => undefined],
  ])('makes %s throw its error, so that nothing is stored', async (_, next) => {
    const failed = inTenant(async (tx) => {
      await rename(tx, 'Never');
      await fail(tx);
      await next(tx);
    });
    await expect(failed).rejects.toThrow('division by zero');
    const rows = await Promise.all(Array.from({ length: 6 }, () => inTenant(seenBy)));
    expect(rows.flat().map(({ name }) => name)).not.toContain('Never');
  });

  it('leaves the error of its author', async () => {
    const failed = inTenant(async (tx) => {
      await fail(tx);
      throw new Error('of the author');
    });
    await expect(failed).rejects.toThrow('of the author');
  });
});

describe('a transaction that has ended', () => {
  it('sends nothing more, when the connection may be of another one', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const timedOut = inTenant(async (tx) => {
      late = new Promise((resume) => setTimeout(resume, 400)).then(() => rename(tx, 'Too late'));
      late.catch(() => undefined);
      await late;
    }, 100);
    await expect(timedOut).rejects.toThrow(/expired|closed/);
    await expect(late).rejects.toThrow(/expired|closed/);
  });
});
