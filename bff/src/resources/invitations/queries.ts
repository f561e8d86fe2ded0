import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { hashToken } from '../../access/invitation-token.ts';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { matches } from '../../db/lists/search.ts';
import { findOne } from '../../db/rows.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { Invitation, InvitationByToken, InvitationListQuery } from './schema.ts';

const STATUS = Prisma.sql`CASE WHEN invitation.status = 'pending' AND invitation.expires_at <= clock_timestamp()
  THEN 'expired' ELSE invitation.status::text END`;

const ROLES = Prisma.sql`coalesce((
  SELECT jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name) ORDER BY role.name)
  FROM invitation_role invited JOIN role ON role.tenant_id = invited.tenant_id AND role.id = invited.role_id
  WHERE invited.tenant_id = invitation.tenant_id AND invited.invitation_id = invitation.id), '[]')`;

const userJson = (id: Prisma.Sql) => Prisma.sql`CASE WHEN ${id} IS NULL THEN NULL ELSE jsonb_build_object('id', ${id},
  'name', coalesce((SELECT name FROM audit_subject WHERE tenant_id = invitation.tenant_id AND user_id = ${id}), ${id}),
  'email', (SELECT email FROM audit_subject WHERE tenant_id = invitation.tenant_id AND user_id = ${id}),
  'imageUrl', NULL) END`;

const COLUMNS = Prisma.sql`
  invitation.id::text, invitation.tenant_id::text AS "tenantId", invitation.email, ${STATUS} AS status, ${ROLES} AS roles,
  invitation.expires_at AS "expiresAt", invitation.accepted_at AS "acceptedAt", invitation.revoked_at AS "revokedAt",
  invitation.delivery_status AS "deliveryStatus", invitation.delivery_error AS "deliveryError", invitation.version,
  invitation.created_at AS "createdAt", ${userJson(Prisma.sql`invitation.invited_by`)} AS "invitedBy",
  ${userJson(Prisma.sql`invitation.accepted_by`)} AS "acceptedBy"`;

export function listInvitations(request: ReadRequest<unknown, z.output<typeof InvitationListQuery>>) {
  const { tenantId, query } = request;
  const where = [
    Prisma.sql`invitation.tenant_id = ${tenantId}::uuid`,
    ...(query.q ? [matches(Prisma.sql`invitation.search_text`, query.q)] : []),
    ...(query.status ? [Prisma.sql`${STATUS} = ${query.status}`] : []),
    ...instantFilter(Prisma.sql`invitation.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
  return readList<Invitation>(request, query, {
    select: COLUMNS,
    from: Prisma.sql`invitation`,
    where,
    counted: Prisma.sql`invitation`,
    id: { sql: Prisma.sql`invitation.id`, type: 'uuid' },
    sorts: {
      createdAt: { sql: Prisma.sql`invitation.created_at`, type: 'timestamptz' },
      expiresAt: { sql: Prisma.sql`invitation.expires_at`, type: 'timestamptz' },
      email: { sql: Prisma.sql`invitation.email_key`, type: 'text' },
    },
    defaultSort: '-createdAt',
  });
}

const invitationById = (tenantId: string, id: string) => Prisma.sql`
  SELECT ${COLUMNS} FROM invitation WHERE invitation.tenant_id = ${tenantId}::uuid AND invitation.id = ${id}::uuid`;

/** Throws not_found. */
export const findInvitation = (
  client: Pick<PrismaClient, '$queryRaw'>,
  tenantId: string,
  id: string,
): Promise<Invitation> => findOne(client, invitationById(tenantId, id));

export const readInvitation = ({ tenantId, params }: ReadRequest<{ invitationId: string }>) =>
  readOne<Invitation>(invitationById(tenantId, params.invitationId));

/** Finds the invitation of a token in any tenant and state. Null for an unknown token. */
export async function locateInvitation(
  services: Services,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [found] = await tenantRead(
    services.db.server,
    { tenantId: null, userId: null },
    (client) => client.$queryRaw<{ tenant_id: string; invitation_id: string }[]>`
      SELECT tenant_id::text, invitation_id::text FROM invitation_of_token(${hashToken(token)})`,
  );
  return found ? { tenantId: found.tenant_id, id: found.invitation_id } : null;
}

/** Returns what the bearer of an open invitation may see. Throws not_found for used, expired, revoked and unknown tokens alike. */
export async function readByToken(services: Services, token: string): Promise<InvitationByToken> {
  const located = await locateInvitation(services, token);
  if (!located) throw new AppError('not_found');
  const scope = { tenantId: located.tenantId, userId: null };
  return tenantRead(services.db.server, scope, async (client) => {
    const invitation = await findInvitation(client, located.tenantId, located.id);
    const tenant = await client.tenant.findFirst({ where: { id: located.tenantId }, select: { id: true, name: true } });
    if (invitation.status !== 'pending' || !tenant) throw new AppError('not_found');
    return {
      tenant,
      email: invitation.email,
      roles: invitation.roles.map(({ name }) => ({ name })),
      inviterName: invitation.invitedBy?.name ?? null,
      expiresAt: invitation.expiresAt,
    };
  });
}
