import type { Tx } from './tenant-tx.ts';

/** The database's own time, by which every right begins and ends; the servers' clocks may differ. */
export async function databaseNow(client: Pick<Tx, '$queryRaw'>): Promise<Date> {
  const [clock] = await client.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!clock) throw new Error('clock_timestamp() answers with exactly one row');
  return clock.now;
}
