import type { Hono } from 'hono';
import { SERVICE_STATUS } from '../core/errors.ts';
import type { Services } from '../core/services.ts';
import type { AppEnv } from './env.ts';

/** Liveness and readiness probes, outside /api. */
export function health(app: Hono<AppEnv>, { db, pendingMigrations, log }: Services): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const [database, pending, partitions] = await Promise.all([
      db.server.$queryRaw`SELECT 1`.then(() => true).catch(() => false),
      pendingMigrations().catch(() => null),
      hasNextPartition(db).catch(() => false),
    ]);
    const isReady = database && pending?.length === 0 && partitions;
    if (!isReady) log.warn({ database, pending, partitions }, 'readiness check failed');
    const status = isReady ? SERVICE_STATUS.ready : SERVICE_STATUS.notReady;
    return c.json(
      { status: isReady ? 'ready' : 'not-ready', database, pendingMigrations: pending, partitions },
      status,
    );
  });
}

/** The partition for next month's audit rows must exist before the month begins. */
async function hasNextPartition(db: Services['db']): Promise<boolean> {
  const [row] = await db.server.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('public.audit_log_' || to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM')) IS NOT NULL AS exists`;
  return row?.exists ?? false;
}
