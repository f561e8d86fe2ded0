import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { type AuthorizedContext, assertPermission, holds } from '../../../access/actor.ts';
import { findEligibleGrantors } from '../../../access/explain/eligible-grantors.ts';
import { resolveAsOf } from '../../../access/history/as-of.ts';
import { compareAccess } from '../../../access/history/compare.ts';
import { readEffectiveAt } from '../../../access/history/effective.ts';
import { roleHoldersList } from '../../../access/history/role-holders.ts';
import type { AccessTimeline, EffectiveAccess, EventInstants, RoleHolder } from '../../../access/history/schema.ts';
import { readTimeline } from '../../../access/history/timeline.ts';
import { assertPermissionKnown } from '../../../access/known-permission.ts';
import type { Scope } from '../../../core/actor.ts';
import { AppError } from '../../../core/errors.ts';
import type { UserRef } from '../../../core/schema.ts';
import type { KeysetList } from '../../../db/lists/list.ts';
import { tenantRead } from '../../../db/tenant-tx.ts';
import { listPage } from '../../../http/list.ts';
import { readEventInstants, readEventsBetween, readExternalChanges } from './events.ts';
import type { AccessComparison, CompareQuery, EffectiveQuery, RoleHoldersQuery } from './schema.ts';

const inTenant = <T>({ services, scope }: AuthorizedContext, read: (client: PrismaClient) => Promise<T>): Promise<T> =>
  tenantRead(services.db.server, scope, read);

/** A caller who may see every user reads as the user in question, whose name is then known outside the tenant too. */
export const scopeToReadUser = ({ access, scope }: AuthorizedContext, userId: string): Scope =>
  access.platformPermissions.has('users:read') ? { ...scope, userId } : scope;

/** Users may read their own access of today; about the past, the permission is always needed. */
export async function effectiveAccess(
  context: AuthorizedContext,
  { userId, asOf }: z.output<typeof EffectiveQuery>,
): Promise<EffectiveAccess> {
  if (asOf) assertPermission(context.access, 'access:explain');
  return tenantRead(context.services.db.server, scopeToReadUser(context, userId), async (client) => {
    const { tenantId } = context.scope;
    const access = await readEffectiveAt(client, { tenantId, userId, asOf: await resolveAsOf(client, tenantId, asOf) });
    const eligibleGrantors = asOf ? [] : await findEligibleGrantors(client, { rights: ['roles:assign'] });
    return { ...access, eligibleGrantors };
  });
}

/** Throws not_found for a role that this tenant never had. */
export const listRoleHolders = (context: AuthorizedContext, query: z.output<typeof RoleHoldersQuery>) =>
  inTenant(context, async (client) => {
    const { tenantId } = context.scope;
    const { roleId } = query;
    const asOf = await resolveAsOf(client, tenantId, query.asOf);
    if (!(await client.role.findFirst({ where: { tenantId, id: roleId }, select: { id: true } })))
      throw new AppError('not_found');
    return listPage<RoleHolder>(client, context, query, roleHoldersList({ tenantId, roleId, asOf }));
  });

export const compare = (context: AuthorizedContext, query: z.output<typeof CompareQuery>): Promise<AccessComparison> =>
  inTenant(context, async (client) => {
    const { tenantId } = context.scope;
    const [from, to] = await Promise.all([
      resolveAsOf(client, tenantId, query.from, 'from'),
      resolveAsOf(client, tenantId, query.to, 'to'),
    ]);
    if (from > to) throw new AppError('validation_failed', { errors: { from: ['after_to'] } });
    const { userId = null, permission = null } = query;
    if (permission !== null) await assertPermissionKnown(client, permission);
    const span = { tenantId, from, to, userId };
    const [{ deltas, gains, loses }, log, externalChanges] = await Promise.all([
      compareAccess(client, { tenantId, userId, permission }, [from, to]),
      holds(context.access, 'audit:read') ? readEventsBetween(client, span) : null,
      readExternalChanges(client, span),
    ]);
    const { data, page } = await listPage<{ membershipId: string; user: UserRef }>(
      client,
      context,
      query,
      membersList(tenantId, [...deltas.keys()]),
    );
    return {
      from,
      to,
      gains,
      loses,
      data: data.map((member) => ({ ...member, gains: [], loses: [], ...deltas.get(member.membershipId) })),
      page,
      events: log?.events ?? null,
      eventCount: log?.count ?? 0,
      externalChanges,
    };
  });

const membersList = (tenantId: string, ids: string[]): KeysetList => ({
  select: Prisma.sql`membership.id::text AS "membershipId",
    jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) AS "user"`,
  from: Prisma.sql`membership JOIN "user" person ON person.id = membership.user_id`,
  where: [Prisma.sql`membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${ids}::uuid[])`],
  counted: Prisma.sql`membership`,
  id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
  sorts: { name: { sql: Prisma.sql`membership.sort_name`, type: 'text' } },
  defaultSort: 'name',
});

export const accessTimeline = (context: AuthorizedContext, userId: string): Promise<AccessTimeline> =>
  inTenant(context, (client) => readTimeline(client, context.scope.tenantId, userId));

export const eventInstants = (context: AuthorizedContext, auditLogId: string): Promise<EventInstants> =>
  inTenant(context, (client) => readEventInstants(client, context.scope.tenantId, auditLogId));
