import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { type AuthorizedContext, assertPermission } from '../../access/actor.ts';
import { permissionsOfRoles } from '../../access/grants.ts';
import { createOnce } from '../../audit/create-once.ts';
import { AppError } from '../../core/errors.ts';
import { type Tx, tenantRead } from '../../db/tenant-tx.ts';
import { applyBulk, type BulkChange, type Refused } from './bulk-apply.ts';
import { findMemberIds } from './queries.ts';
import type { BulkRoles, BulkRolesProgress } from './schema.ts';

const MAX_MEMBERS = 5_000;
/** A second job is sent in case the first is lost; otherwise it finds nothing left to do. */
const SAFETY_NET_S = 60;
/** A dry run does in one transaction what the job does in chunks. */
const TIMEOUT_MS = 60_000;

/** The stored request, for the job. */
export interface BulkRequest extends BulkChange {
  memberIds: string[];
  reason: string | null;
  sessionId: string | null;
  impersonatorId?: string;
}

/** Checks that the actor may make the change and queues it; a dry run makes all of it and rolls it back. */
export async function requestBulkRoles(
  context: AuthorizedContext,
  body: z.output<typeof BulkRoles>,
): Promise<BulkRolesProgress> {
  const { services, actor } = context;
  const { tenantId } = context.scope;
  const actorId = actor.id ?? '';
  const wanted: BulkChange = { add: body.add, remove: body.remove, validUntil: body.validUntil ?? null };
  const id = uuid();
  const { id: changeId } = await createOnce(
    context,
    {
      action: 'member.bulk_requested',
      category: 'membership',
      permission: 'roles:assign',
      reason: body.reason,
      idempotentOn: body,
      timeout: TIMEOUT_MS,
    },
    async ({ tx, access }) => {
      // A filter reveals as much of the members as their list.
      assertPermission(access, 'members:read');
      const memberIds = await resolveMemberIds(tx, tenantId, body);
      const scope = { tx, access, tenantId, actorId };
      const { changes } = await applyBulk(scope, context.dryRun ? memberIds : [], wanted);
      if (!context.dryRun) {
        const { sessionId, impersonatorId } = actor;
        const request: BulkRequest = {
          ...wanted,
          memberIds,
          reason: body.reason ?? null,
          sessionId,
          ...(impersonatorId ? { impersonatorId } : {}),
        };
        await tx.bulkRoleChange.create({
          data: { tenantId, id, actorId, request: { ...request }, total: memberIds.length },
        });
        await services.queue.send('member-roles', { tenantId, id }, { after: SAFETY_NET_S });
      }
      const roles = await permissionsOfRoles(tx, tenantId, [...body.add, ...body.remove]);
      const refsOf = (ids: readonly string[]) =>
        ids.map((roleId) => ({ id: roleId, name: roles.get(roleId)?.name ?? roleId }));
      return {
        result: undefined,
        before: null,
        after: { members: memberIds.length, add: refsOf(body.add), remove: refsOf(body.remove) },
        target: { type: 'bulk-role-change', id, label: null },
        also: changes,
      };
    },
  );
  await services.queue.send('member-roles', { tenantId, id: changeId });
  return readBulkRoles(context, changeId);
}

async function resolveMemberIds(
  tx: Tx,
  tenantId: string,
  { memberIds, filter }: z.output<typeof BulkRoles>,
): Promise<string[]> {
  const found = filter
    ? await findMemberIds(tx, tenantId, filter, MAX_MEMBERS + 1)
    : (await tx.membership.findMany({ where: { tenantId, id: { in: memberIds ?? [] } }, select: { id: true } })).map(
        ({ id }) => id,
      );
  if (found.length > MAX_MEMBERS) throw new AppError('validation_failed', { errors: { filter: ['too_many_members'] } });
  if (found.length === 0)
    throw new AppError('validation_failed', { errors: { [filter ? 'filter' : 'memberIds']: ['no_members'] } });
  return found;
}

/** Throws not_found. */
export const readBulkRoles = (context: AuthorizedContext, changeId: string): Promise<BulkRolesProgress> => {
  assertPermission(context.access, 'members:read');
  return tenantRead(context.services.db.server, context.scope, async (client) => {
    const row = await client.bulkRoleChange.findFirst({ where: { tenantId: context.scope.tenantId, id: changeId } });
    if (!row) throw new AppError('not_found');
    const refused = row.refused as unknown as Refused[];
    const names = await namesOf(
      client,
      context.scope.tenantId,
      refused.map(({ memberId }) => memberId),
    );
    return {
      ...row,
      status: row.status as BulkRolesProgress['status'],
      refused: refused.map((one) => ({ ...one, name: names.get(one.memberId) ?? '' })),
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  });
};

async function namesOf(client: Pick<Tx, '$queryRaw'>, tenantId: string, memberIds: string[]) {
  if (memberIds.length === 0) return new Map<string, string>();
  const rows = await client.$queryRaw<{ id: string; name: string }[]>`
    SELECT membership.id::text, coalesce(nullif(person.name, ''), person.email, '') AS name
    FROM membership JOIN "user" person ON person.id = membership.user_id
    WHERE membership.tenant_id = ${tenantId}::uuid AND membership.id = ANY (${memberIds}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
