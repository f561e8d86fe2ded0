import type { Hono } from 'hono';
import { SERVICE_STATUS } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import type { AppEnv } from '../env.ts';
import { atMostOncePerSecond } from '../once-per-second.ts';

/** What the service needs to answer requests, and which of it is there. */
interface Readiness {
  /** The database answers. */
  database: boolean;
  /** It was prepared by this version or a later one; each start makes sure of that. */
  schema: boolean;
  /** It accepts writes: not full, not read-only. */
  writable: boolean;
  /** Next month's audit rows have a partition. */
  partitions: boolean;
}

const NOT_READY: Readiness = { database: false, schema: false, writable: false, partitions: false };

/** Liveness and readiness for orchestrators. Outside /api, because no user calls them. */
export function health(app: Hono<AppEnv>, services: Services): void {
  const readiness = atMostOncePerSecond(() => readReadiness(services));
  app.get('/healthz', (c) => {
    c.set('operation', 'health');
    return c.json({ status: 'ok' });
  });
  app.get('/readyz', async (c) => {
    c.set('operation', 'health');
    const report = await readiness();
    const missing = Object.entries(report).flatMap(([part, isThere]) => (isThere ? [] : [part]));
    const isReady = missing.length === 0;
    if (!isReady) services.log.warn({ missing }, 'not ready');
    const status = isReady ? SERVICE_STATUS.ready : SERVICE_STATUS.notReady;
    return c.json({ status: isReady ? 'ready' : 'not-ready', missing, ...report }, status);
  });
}

async function readReadiness({ db, log }: Services): Promise<Readiness> {
  try {
    const [row] = await db.server.$queryRaw<Omit<Readiness, 'database'>[]>`
      SELECT coalesce(obj_description('public'::regnamespace, 'pg_namespace') LIKE 'prisma/sql %', false) AS schema,
        NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable,
        to_regclass('public.audit_log_' || to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM')) IS NOT NULL
          AS partitions`;
    if (!row) return NOT_READY;
    return {
      database: true,
      schema: row.schema,
      writable: row.writable && (await hasSpace(db)),
      partitions: row.partitions,
    };
  } catch (error) {
    log.warn({ err: error }, 'readiness check failed');
    return NOT_READY;
  }
}

/** Probes with a real write, and only after a write failed because the disk is full. */
async function hasSpace(db: Services['db']): Promise<boolean> {
  if (!db.isFull) return true;
  db.isFull = await db.server.$executeRaw`SELECT probe_disk_space()`.then(
    () => false,
    () => true,
  );
  return !db.isFull;
}
