import { onlyRow } from './rows.ts';
import type { Tx } from './tenant-tx.ts';

/** Returns the time of the database, by which every assignment begins and ends; the clocks of servers may differ. */
export async function databaseNow(client: Pick<Tx, '$queryRaw'>): Promise<Date> {
  return onlyRow(await client.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`).now;
}
