import { Prisma, type PrismaClient } from 'database/client';
import type { z } from 'zod';
import { holds, requirePermission } from '../../access/actor.ts';
import { readMoment } from '../../access/past.ts';
import { readMoved } from '../../access/past-compare.ts';
import { readEffectiveAt } from '../../access/past-effective.ts';
import { readChangesElsewhere, readEventMoments, readEventsBetween } from '../../access/past-events.ts';
import { explainAt } from '../../access/past-explain.ts';
import { listHoldersAt, listRoleHolders } from '../../access/past-holders.ts';
import { readTimeline } from '../../access/past-timeline.ts';
import { keysetPage } from '../../db/keyset.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { AppError } from '../../errors.ts';
import type { RequestContext } from '../../http/context.ts';
import { listBinding } from '../../http/list.ts';
import type { Person } from '../../schema.ts';
import type {
  AccessComparison,
  AccessTimeline,
  CompareQuery,
  EffectiveAccess,
  EffectiveQuery,
  EventMoments,
  RoleHoldersQuery,
} from './past-schema.ts';
import type { AccessExplanation, ExplainQuery, HoldersQuery } from './schema.ts';

const reading = <T>({ services, scope }: RequestContext, read: (client: PrismaClient) => Promise<T>): Promise<T> =>
  tenantRead(services.db.server, scope, read);
/** Reads as the person asked about where the asker knows everybody, so that somebody whom the tenant does not know has a name. */
const readingAbout = <T>(
  context: RequestContext,
  userId: string,
  read: (client: PrismaClient) => Promise<T>,
): Promise<T> => {
  const knowsEverybody = context.access.platformPermissions.has('users:read');
  return reading(knowsEverybody ? { ...context, scope: { ...context.scope, userId } } : context, read);
};

export const effectiveAccess = (
  context: RequestContext,
  { userId, asOf }: z.output<typeof EffectiveQuery>,
): Promise<EffectiveAccess> =>
  readingAbout(context, userId, async (client) => {
    const { tenantId } = context.scope;
    return readEffectiveAt(client, { tenantId, userId, moment: await readMoment(client, tenantId, asOf) });
  });

/** Everybody may ask about themselves of today; the past asks for the permission. */
export function explainPast(
  context: RequestContext,
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
export const pastHolders = (context: RequestContext, query: z.output<typeof HoldersQuery>, asOf: string) =>
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
export const roleHolders = (context: RequestContext, query: z.output<typeof RoleHoldersQuery>) =>
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
  context: RequestContext,
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
    const [{ moved, gains, loses }, log, elsewhere] = await Promise.all([
      readMoved(client, question, [from, to]),
      holds(context.access, 'audit:read') ? readEventsBetween(client, span) : null,
      readChangesElsewhere(client, span),
    ]);
    const { rows, page } = await listMovers(client, context, query, [...moved.keys()]);
    const data = rows.map(({ membershipId, user }) => ({
      membershipId,
      user,
      gains: [],
      loses: [],
      ...moved.get(membershipId),
    }));
    return { from, to, gains, loses, data, page, events: log?.events ?? null, eventCount: log?.count ?? 0, elsewhere };
  });
}

const listMovers = (
  client: PrismaClient,
  context: RequestContext,
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

export const accessTimeline = (context: RequestContext, userId: string): Promise<AccessTimeline> =>
  reading(context, (client) => readTimeline(client, context.scope.tenantId, userId));

export const eventMoments = (context: RequestContext, auditLogId: string): Promise<EventMoments> =>
  reading(context, (client) => readEventMoments(client, context.scope.tenantId, auditLogId));
