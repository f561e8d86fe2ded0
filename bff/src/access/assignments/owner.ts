import { Prisma } from '@rolecall/prisma/client';
import type { Tx } from '../../db/tenant-tx.ts';

/** As the database asks it when a transaction ends: somebody active holds an owner role without an end. */
const isOwned = (tenantId: Prisma.Sql) => Prisma.sql`EXISTS (
  SELECT 1 FROM membership_role held
  JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
  JOIN membership ON membership.tenant_id = held.tenant_id AND membership.id = held.membership_id
  WHERE held.tenant_id = ${tenantId} AND held.ended_at IS NULL AND held.valid_until IS NULL
    AND membership.status = 'active')`;

export async function hasOwner(tx: Tx, tenantId: string): Promise<boolean> {
  const [answer] = await tx.$queryRaw<{ found: boolean }[]>`SELECT ${isOwned(Prisma.sql`${tenantId}::uuid`)} AS found`;
  return answer?.found ?? false;
}

/** A tenant without an owner is an alarm; it ends with the first permanent owner. */
export const clearOwnerlessAlarm = (tx: Tx, tenantIds: readonly string[]) => tx.$executeRaw`
  UPDATE tenant SET ownerless_since = NULL
  WHERE id = ANY (${[...tenantIds]}::uuid[]) AND ownerless_since IS NOT NULL AND ${isOwned(Prisma.sql`tenant.id`)}`;
