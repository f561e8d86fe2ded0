import type pg from 'pg';

const TABLE = { schemaName: 'auth', tableName: 'rate_limit', tableCreated: true };
/** After a failure the database is left alone for so long, while each process counts alone. */
const PAUSE_MS = 2_000;
const MAX_WAITING = 100;

/** How the library reaches the table. Statements are unnamed, because poolers in transaction mode lose named ones. */
export function counterTable(pool: pg.Pool, onFailure: (error: unknown) => void) {
  let pausedUntil = 0;
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    if (performance.now() < pausedUntil || pool.waitingCount > MAX_WAITING) throw new Error('rate limits not reached');
    try {
      return await pool.query(text, values);
    } catch (error) {
      pausedUntil = performance.now() + PAUSE_MS;
      onFailure(error);
      throw error;
    }
  };
  return { ...TABLE, storeClient: { query }, storeType: 'client' };
}
