import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { KeysetList } from '../../db/lists/list.ts';
import { matches } from '../../db/lists/search.ts';
import { findOne } from '../../db/rows.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { type ReadRequest, readOne } from '../../http/read.ts';
import type { Tenant, TenantDetail, TenantListQuery } from './schema.ts';

/** A tenant that never had an owner is no alarm on its first day, nor while one is invited. */
const OWNERSHIP = Prisma.sql`CASE
  WHEN tenant.ownerless_since IS NULL THEN 'owned'
  WHEN EXISTS (
    SELECT 1 FROM membership_role assignment JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
    WHERE assignment.tenant_id = tenant.id AND role.is_owner) THEN 'missing'
  WHEN EXISTS (
    SELECT 1 FROM invitation
    JOIN invitation_role invited ON invited.tenant_id = invitation.tenant_id AND invited.invitation_id = invitation.id
    JOIN role ON role.tenant_id = invited.tenant_id AND role.id = invited.role_id
    WHERE invitation.tenant_id = tenant.id AND role.is_owner AND invitation.status = 'pending'
      AND invitation.expires_at > clock_timestamp()) THEN 'invited'
  WHEN tenant.created_at > clock_timestamp() - interval '1 day' THEN 'new'
  ELSE 'missing' END`;

const COLUMNS = Prisma.sql`
  tenant.id::text, tenant.name, tenant.slug, tenant.status::text, tenant.kind::text, tenant.identity_org_id AS "identityOrgId",
  ${OWNERSHIP} AS ownership, tenant.ownerless_since AS "ownerlessSince", tenant.version, tenant.created_at AS "createdAt", tenant.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM membership WHERE membership.tenant_id = tenant.id AND membership.status <> 'left') AS "memberCount"`;

/** Each part is read as a set: the policies of "user" would look up every one of thousands of members. */
const ACTIVE_MEMBER_COUNT = Prisma.sql`
  (SELECT count(*)::int FROM membership
   WHERE membership.tenant_id = tenant.id AND membership.status = 'active'
     AND NOT EXISTS (
       SELECT FROM "user" disabled WHERE disabled.id = membership.user_id AND (disabled.banned OR disabled.deleted_at IS NOT NULL))
     AND membership.id = ANY (ARRAY(
       SELECT assignment.membership_id FROM active_assignment assignment
       WHERE assignment.tenant_id = tenant.id AND assignment.role_id = ANY (ARRAY(
         SELECT role.id FROM role WHERE role.tenant_id = tenant.id
           AND (role.is_owner OR cardinality(role.effective_permissions) > 0 OR role.conditional_permissions <> '[]')))))) AS "activeMemberCount"`;

/** Lists every tenant for the staff, by the login that reads across tenants. */
export function listTenants(request: ReadRequest<unknown, z.output<typeof TenantListQuery>>) {
  const { query } = request;
  const where = [
    ...(query.q ? [matches(Prisma.sql`tenant.search_text`, query.q)] : []),
    ...(query.slug ? [Prisma.sql`tenant.slug = ${query.slug}`] : []),
    ...(query.status ? [Prisma.sql`tenant.status = ${query.status}::"TenantStatus"`] : []),
    ...(query.kind ? [Prisma.sql`tenant.kind = ${query.kind}::"TenantKind"`] : []),
    ...(query.ownerless ? [Prisma.sql`${OWNERSHIP} = ${query.ownerless === 'true' ? 'missing' : 'owned'}`] : []),
    ...instantFilter(Prisma.sql`tenant.created_at`, query['createdAt[gte]'], query['createdAt[lte]']),
  ];
  const list: KeysetList = {
    select: COLUMNS,
    from: Prisma.sql`tenant`,
    where,
    counted: Prisma.sql`tenant`,
    id: { sql: Prisma.sql`tenant.id`, type: 'uuid' },
    sorts: {
      name: { sql: Prisma.sql`tenant.search_text`, type: 'text' },
      createdAt: { sql: Prisma.sql`tenant.created_at`, type: 'timestamptz' },
    },
    defaultSort: 'name',
  };
  return readList<Tenant>(request, query, list, 'platform');
}

const tenantById = (tenantId: string) =>
  Prisma.sql`SELECT ${COLUMNS}, ${ACTIVE_MEMBER_COUNT} FROM tenant WHERE tenant.id = ${tenantId}::uuid`;

export const findTenant = (client: Pick<PrismaClient, '$queryRaw'>, tenantId: string): Promise<TenantDetail> =>
  findOne(client, tenantById(tenantId));

export const readTenant = ({ tenantId }: ReadRequest<unknown>) => readOne<TenantDetail>(tenantById(tenantId));
