import { tmpdir } from 'node:os';
import { expect, inject, it, onTestFinished } from 'vitest';
import { prepareDatabase } from './prepare-database.ts';
import { startTransactionPooler } from './testing/fixtures/transaction-pooler.ts';

const prepare = (databaseUrl: string, directUrl: string | null = null) =>
  prepareDatabase({ databaseUrl, directUrl, dataDir: tmpdir() }, () => undefined);
const poolerBefore = async (url: string) => {
  const pooler = await startTransactionPooler(url);
  onTestFinished(() => pooler.stop());
  return Object.assign(new URL(inject('ownerUrl')), { port: pooler.port }).href;
};

it('stops at a pooler that keeps no sessions, and says what to set', async () => {
  const pooler = await poolerBefore(inject('ownerUrl'));
  await expect(prepare(pooler)).rejects.toThrow(/^DATABASE_URL leads to a pooler in transaction mode.*set DIRECT_URL/);
  expect(await prepare(pooler, inject('ownerUrl'))).toMatchObject({ ownerUrl: inject('ownerUrl') });
});

it('stops where the pooler does not accept the logins', async () => {
  const pooler = Object.assign(new URL(await poolerBefore(inject('ownerUrl'))), { pathname: '/absent' }).href;
  await expect(prepare(pooler, inject('ownerUrl'))).rejects.toThrow(
    /^The login rolecall_\w+ cannot connect to 127\.0\.0\.1:\d+ \(.*absent.*\): make the logins known to the pooler/,
  );
});
