import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@rolecall/prisma/client';
import type { Login } from '@rolecall/prisma/logins';
import pg from 'pg';
import type { Database } from '../core/services.ts';
import { type DatabaseAddress, sessionUrl, transactionUrl } from './connect/address.ts';
import { statementName } from './connect/batch.ts';
import { ChangePool } from './connect/change-pool.ts';
import { UnnamedClient } from './connect/unnamed-client.ts';
import { openNotices } from './notices.ts';
import { OneSyncPool } from './one-sync-pool.ts';

/** For statements that every request waits for: without an answer it goes on. */
const FAIL_FAST = { connectionTimeoutMillis: 800, query_timeout: 800 };
const CONNECTION = { connectionTimeoutMillis: 1_500, idleTimeoutMillis: 30_000, allowExitOnIdle: true };

/** Named statements are planned once per connection; by default adapter-pg sends unnamed ones. */
const statementNameGenerator = ({ sql }: { sql: string }) => statementName(sql);

/** Works as the login that migrates, for what no other login may change. */
export async function asOwner<T>(ownerUrl: string, work: (client: PrismaClient) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, ...CONNECTION });
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) });
  try {
    return await work(client);
  } finally {
    await client.$disconnect();
    await pool.end();
  }
}

/** Apart, so that no closure of the running server keeps the owner's URL. */
function openPools(address: DatabaseAddress, keepsSessions: boolean) {
  const settings = (login: Login, max: number) => ({
    connectionString: transactionUrl(address, login),
    max,
    ...CONNECTION,
    ...(keepsSessions ? {} : { Client: UnnamedClient }),
  });
  return {
    server: new OneSyncPool(settings('server', 10), keepsSessions),
    changes: new ChangePool(settings('server', 6), keepsSessions),
    platform: new OneSyncPool(settings('platform', 8), keepsSessions),
    sync: new pg.Pool(settings('sync', 4)),
    auth: new pg.Pool(settings('auth', 6)),
    rateLimit: new pg.Pool({ ...settings('auth', 2), ...FAIL_FAST }),
  };
}

/**
 * Opens a pool per login. `onError` is called for connections that fail, idle or in use. Behind a pooler in transaction mode the next
 * statement may meet another connection to PostgreSQL, so that none is named.
 */
export function openDatabase(address: DatabaseAddress, onError: (error: Error) => void): Database {
  const keepsSessions = !address.poolerUrl;
  const pools = openPools(address, keepsSessions);
  let isClosing = false;
  const report = (error: Error) => {
    if (!isClosing) onError(error);
  };
  for (const pool of Object.values(pools)) {
    // The pool listens to idle clients only: one that dies while it is in use would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', report));
  }

  const notices = openNotices(sessionUrl(address, 'server'), report);
  const client = (pool: pg.Pool) =>
    new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator, onPoolError: report }) });
  const database = {
    server: client(pools.server),
    changes: client(pools.changes),
    platform: client(pools.platform),
    sync: client(pools.sync),
  };
  return {
    ...database,
    together: {
      server: (scope, statements) => pools.server.together(scope, statements),
      platform: (scope, statements) => pools.platform.together(scope, statements),
    },
    authPool: pools.auth,
    rateLimitPool: pools.rateLimit,
    notices,
    poolUse: () =>
      Object.entries(pools).map(([name, pool]) => ({
        pool: name,
        total: pool.totalCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
        max: pool.options.max,
      })),
    isFull: false,
    close: async () => {
      isClosing = true;
      await notices.close();
      await Promise.all(Object.values(database).map((prisma) => prisma.$disconnect()));
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
