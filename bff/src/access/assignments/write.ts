import { Prisma } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';

interface Assignment {
  membershipId: string;
  userId: string;
  roleId: string;
  isPrimary: boolean;
  validFrom: Date;
  validUntil: Date | null;
}

interface Change {
  tenantId: string;
  /** Actor id; null when the provider or the system assigns. */
  by: string | null;
  now: Date;
  /** Ids of assignments. */
  ending: readonly string[];
  beginning: readonly Assignment[];
}

/** Ends and begins assignments, of however many members, with one statement each: of a role it may be only one at a time. */
export async function writeAssignments(tx: Tx, { tenantId, by, now, ending, beginning }: Change): Promise<void> {
  if (ending.length > 0)
    await tx.$executeRaw(
      sentWithNext(Prisma.sql`
        UPDATE membership_role SET ended_at = ${now}, ended_by = ${by} WHERE tenant_id = ${tenantId}::uuid AND id = ANY (${ending}::uuid[])`),
    );
  if (beginning.length > 0)
    await tx.$executeRaw(
      sentWithNext(Prisma.sql`
      INSERT INTO membership_role (tenant_id, id, membership_id, user_id, role_id, is_primary, valid_from, valid_until, granted_by)
      SELECT ${tenantId}::uuid, id, "membershipId", "userId", "roleId", "isPrimary", "validFrom", "validUntil", ${by}
      FROM jsonb_to_recordset(${JSON.stringify(beginning.map((each) => ({ id: uuid(), ...each })))}::jsonb) AS input (id uuid,
        "membershipId" uuid, "userId" text, "roleId" uuid, "isPrimary" boolean, "validFrom" timestamptz, "validUntil" timestamptz)`),
    );
}
