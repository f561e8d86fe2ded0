import { Prisma } from '@rolecall/prisma/client';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';

export async function hasOwner(tx: Tx, tenantId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`SELECT tenant_has_owner(${tenantId}::uuid) AS found`;
  return row?.found ?? false;
}

/** A tenant without an owner is an alarm; it ends with the first permanent owner. */
export const clearOwnerlessAlarm = (tx: Tx, tenantIds: readonly string[]) =>
  tx.$executeRaw(
    sentWithNext(Prisma.sql`
    UPDATE tenant SET ownerless_since = NULL
    WHERE id = ANY (${[...tenantIds]}::uuid[]) AND ownerless_since IS NOT NULL AND tenant_has_owner(id)`),
  );
