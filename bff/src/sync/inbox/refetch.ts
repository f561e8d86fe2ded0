import type { PrismaClient } from '@rolecall/prisma/client';
import type { IdentityDirectory } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { applyMembership, applyMembershipMissing } from '../apply/membership.ts';
import { applyOrganization, applyOrganizationDeleted } from '../apply/organization.ts';
import { applyUser } from '../apply/user.ts';
import { applyUserDeleted } from '../apply/user-deleted.ts';
import { type ApplyOutcome, lockOrganization, lockUser, type SyncContext } from '../context.ts';
import { subjectOf } from './dispatch.ts';

/** The provider's current object, ready to be applied: `conflict` when our copy has changed since the fetch began. */
export interface Refetched {
  apply(tx: Tx, ctx: SyncContext): Promise<ApplyOutcome>;
}

type Client = Pick<PrismaClient | Tx, '$queryRaw'>;

/**
 * Fetches the object of an event from the provider, with no transaction open. The revision of our copy is read before, and the
 * result is applied only if that revision is still the same.
 */
export async function refetchObject(
  client: Client,
  directory: IdentityDirectory,
  event: { type: string; data: unknown },
): Promise<Refetched> {
  const subject = subjectOf(event.type, event.data);
  if (!subject) throw new Error(`${event.type} has no object that could be fetched`);
  const { userId, organizationId } = subject;
  const revision = (of: Client) => revisionOf(of, subject);
  const before = await revision(client);
  const unlessChanged = (apply: Refetched['apply']): Refetched => ({
    apply: async (tx, ctx) => {
      if (userId !== null) await lockUser(tx, userId);
      if (organizationId !== null) await lockOrganization(tx, organizationId);
      return (await revision(tx)) === before ? apply(tx, ctx) : 'conflict';
    },
  });

  if (userId !== null && organizationId !== null) {
    const found = await directory.fetchMembership(organizationId, userId);
    return unlessChanged((tx, ctx) =>
      found ? applyMembership(tx, found, ctx) : applyMembershipMissing(tx, { userId, organizationId }, ctx),
    );
  }
  if (userId !== null) {
    const found = await directory.fetchUser(userId);
    return unlessChanged((tx, ctx) => (found ? applyUser(tx, found, ctx) : applyUserDeleted(tx, userId, ctx)));
  }
  if (organizationId === null) throw new Error(`${event.type} names no object`);
  const found = await directory.fetchOrganization(organizationId);
  return unlessChanged((tx, ctx) =>
    found ? applyOrganization(tx, found, ctx) : applyOrganizationDeleted(tx, organizationId, null, ctx),
  );
}

/** The transaction that last wrote our copy: it differs whenever the copy does. */
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
