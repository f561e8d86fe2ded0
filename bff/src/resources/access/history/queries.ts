import { Prisma, type PrismaClient } from 'database/client';
import type { z } from 'zod';
import { type AuthorizedContext, holds, requirePermission } from '../../../access/actor.ts';
import type { AccessExplanation } from '../../../access/explain/schema.ts';
import { readMoved } from '../../../access/history/compare.ts';
import { readEffectiveAt } from '../../../access/history/effective.ts';
import { explainAt } from '../../../access/history/explain.ts';
import { listHoldersAt, listRoleHolders } from '../../../access/history/holders.ts';
import type { AccessTimeline, EffectiveAccess, EventMoments } from '../../../access/history/schema.ts';
import { readMoment } from '../../../access/history/state.ts';
import { readTimeline } from '../../../access/history/timeline.ts';
import { AppError } from '../../../core/errors.ts';
import type { Person } from '../../../core/schema.ts';
import { keysetPage } from '../../../db/keyset.ts';
import { tenantRead } from '../../../db/tenant-tx.ts';
import { listBinding } from '../../../http/list.ts';
import type { ExplainQuery, HoldersQuery } from '../schema.ts';
import { readEventMoments, readEventsBetween, readExternalChanges } from './events.ts';
import type { AccessComparison, CompareQuery, EffectiveQuery, RoleHoldersQuery } from './schema.ts';

const reading = <T>({ services, scope }: AuthorizedContext, read: (client: PrismaClient) => Promise<T>): Promise<T> =>
  tenantRead(services.db.server, scope, read);
/** Reads as the person asked about where the asker knows everybody, so that somebody whom the tenant does not know has a name. */
const readingAbout = <T>(
  context: AuthorizedContext,
  userId: string,
  read: (client: PrismaClient) => Promise<T>,
): Promise<T> => {
  const knowsEverybody = context.access.platformPermissions.has('users:read');
  return reading(knowsEverybody ? { ...context, scope: { ...context.scope, userId } } : context, read);
};

export const effectiveAccess = (
  context: AuthorizedContext,
  { userId, asOf }: z.output<typeof EffectiveQuery>,
): Promise<EffectiveAccess> =>
  readingAbout(context, userId, async (client) => {
    const { tenantId } = context.scope;
    return readEffectiveAt(client, { tenantId, userId, moment: await readMoment(client, tenantId, asOf) });
  });

/** Everybody may ask about themselves of today; the past asks for the permission. */
export function explainPast(
  context: AuthorizedContext,
  { userId, permission, resource = {} }: z.output<typeof ExplainQuery>,
  asOf: string,
): Promise<AccessExplanation> {
  const question = { tenantId: context.scope.tenantId, userId, permission, resource };
  requirePermission(context.access, 'access:explain');
  return readingAbout(context, question.userId, async (client) =>
    explainAt(client, question, await readMoment(client, question.tenantId, asOf)),
  );
}

/** Who could do it then. Held under conditions counts where the resource meets them. */
export const pastHolders = (context: AuthorizedContext, query: z.output<typeof HoldersQuery>, asOf: string) =>
  reading(context, async (client) => {
    const { tenantId } = context.scope;
    const resource = JSON.stringify(query.resource ?? {});
    const question = {
      tenantId,
      permission: query.permission,
      resource,
      moment: await readMoment(client, tenantId, asOf),
    };
    const binding = listBinding(context, { ...query, resource });
    const { rows, page } = await listHoldersAt(client, question, { query, ...binding });
    return { data: rows, page };
  });

/** Throws not_found for a role that this tenant never had. */
export const roleHolders = (context: AuthorizedContext, query: z.output<typeof RoleHoldersQuery>) =>
  reading(context, async (client) => {
    const { tenantId } = context.scope;
    const { roleId } = query;
    const moment = await readMoment(client, tenantId, query.asOf);
    if (!(await client.role.findFirst({ where: { tenantId, id: roleId }, select: { id: true } })))
      throw new AppError('not_found');
    const question = { tenantId, roleId, moment };
    const { rows, page } = await listRoleHolders(client, question, { query, ...listBinding(context, query) });
    return { data: rows, page };
  });

export async function compareAccess(
  context: AuthorizedContext,
  query: z.output<typeof CompareQuery>,
): Promise<AccessComparison> {
  const { tenantId } = context.scope;
  return reading(context, async (client) => {
    const [from, to] = await Promise.all([
      readMoment(client, tenantId, query.from, 'from'),
      readMoment(client, tenantId, query.to, 'to'),
    ]);
    if (from > to) throw new AppError('validation_failed', { errors: { from: ['after_to'] } });
    const span = { tenantId, from, to, userId: query.userId ?? null };
    const question = { tenantId, userId: span.userId, permission: query.permission ?? null };
    const [{ moved, gains, loses }, log, externalChanges] = await Promise.all([
      readMoved(client, question, [from, to]),
      holds(context.access, 'audit:read') ? readEventsBetween(client, span) : null,
      readExternalChanges(client, span),
    ]);
    const { rows, page } = await listMovers(client, context, query, [...moved.keys()]);
    const data = rows.map(({ membershipId, user }) => ({
      membershipId,
      user,
      gains: [],
      loses: [],
      ...moved.get(membershipId),
    }));
    return {
      from,
      to,
      gains,
      loses,
      data,
      page,
      events: log?.events ?? null,
      eventCount: log?.count ?? 0,
      externalChanges,
    };
  });
}

const listMovers = (
  client: PrismaClient,
  context: AuthorizedContext,
  query: z.output<typeof CompareQuery>,
  ids: string[],
) =>
  keysetPage<{ membershipId: string; user: Person }>(client, {
    select: Prisma.sql`membership.id::text AS "membershipId",
      jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) AS "user"`,
    from: Prisma.sql`membership JOIN "user" person ON person.id = membership.user_id`,
    where: [
      Prisma.sql`membership.tenant_id = ${context.scope.tenantId}::uuid AND membership.id = ANY (${ids}::uuid[])`,
    ],
    id: { sql: Prisma.sql`membership.id`, type: 'uuid' },
    sorts: { name: { sql: Prisma.sql`membership.sort_name`, type: 'text' } },
    defaultSort: 'name',
    query,
    ...listBinding(context, query),
  });

export const accessTimeline = (context: AuthorizedContext, userId: string): Promise<AccessTimeline> =>
  reading(context, (client) => readTimeline(client, context.scope.tenantId, userId));

export const eventMoments = (context: AuthorizedContext, auditLogId: string): Promise<EventMoments> =>
  reading(context, (client) => readEventMoments(client, context.scope.tenantId, auditLogId));
