import type { PrismaClient } from 'database/client';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { applyMembership, applyMembershipGone } from '../apply/membership.ts';
import { applyOrganization, applyOrganizationDeleted } from '../apply/organization.ts';
import { applyUser, type Outcome } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import { lockOrganization, lockUser, type SyncContext } from '../context.ts';
import { subjectOf } from './dispatch.ts';

/** What the provider says about an object now, to be applied as of that reading: `undecided` when our copy has moved since. */
export interface Rereading {
  apply(tx: Tx, cause: SyncContext): Promise<Outcome>;
}

type Client = Pick<PrismaClient | Tx, '$queryRaw'>;

/**
 * Asks the provider about the object of an event. No transaction is open meanwhile: our copy is noted before asking, and what was
 * read counts only if that copy is still the same when it is applied.
 */
export async function rereadObject(
  client: Client,
  directory: IdentityDirectory,
  event: { type: string; data: unknown },
): Promise<Rereading> {
  const subject = subjectOf(event.type, event.data);
  if (!subject) throw new Error(`${event.type} speaks of nothing that could be read again`);
  const { userId, organizationId } = subject;
  const revision = (of: Client) => revisionOf(of, subject);
  const before = await revision(client);
  const unlessMoved = (apply: Rereading['apply']): Rereading => ({
    apply: async (tx, cause) => {
      if (userId !== null) await lockUser(tx, userId);
      if (organizationId !== null) await lockOrganization(tx, organizationId);
      return (await revision(tx)) === before ? apply(tx, cause) : 'undecided';
    },
  });

  if (userId !== null && organizationId !== null) {
    const found = await directory.fetchMembership(organizationId, userId);
    return unlessMoved((tx, cause) =>
      found ? applyMembership(tx, found, cause) : applyMembershipGone(tx, { userId, organizationId }, cause),
    );
  }
  if (userId !== null) {
    const found = await directory.fetchUser(userId);
    return unlessMoved((tx, cause) => (found ? applyUser(tx, found, cause) : applyUserDeleted(tx, userId, cause)));
  }
  if (organizationId === null) throw new Error(`${event.type} names nothing`);
  const found = await directory.fetchOrganization(organizationId);
  return unlessMoved((tx, cause) =>
    found ? applyOrganization(tx, found, cause) : applyOrganizationDeleted(tx, organizationId, null, cause),
  );
}

/** Changes whenever our copy of the object does: the transaction that last wrote its row. */
async function revisionOf(client: Client, { userId, organizationId }: NonNullable<ReturnType<typeof subjectOf>>) {
  const [row] =
    userId === null
      ? await client.$queryRaw<{ at: string }[]>`
        SELECT xmin::text AS at FROM tenant WHERE identity_org_id = ${organizationId}`
      : organizationId === null
        ? await client.$queryRaw<{ at: string }[]>`SELECT xmin::text AS at FROM "user" WHERE id = ${userId}`
        : await client.$queryRaw<{ at: string }[]>`
          SELECT membership.xmin::text AS at FROM membership JOIN tenant ON tenant.id = membership.tenant_id
          WHERE tenant.identity_org_id = ${organizationId} AND membership.user_id = ${userId}`;
  return row?.at ?? null;
}
