import type { Services, Statement } from '../../core/services.ts';
import type { Read, ReadRequest } from '../../http/read.ts';
import { listAuditLogs, listTenantAuditLogs } from '../../resources/audit-logs/queries.ts';
import { AuditLogListQuery, PlatformAuditLogListQuery } from '../../resources/audit-logs/schema.ts';
import { listMembers, readMember } from '../../resources/members/queries.ts';
import { MemberListQuery } from '../../resources/members/schema.ts';
import { listUsers } from '../../resources/users/queries.ts';
import { UserListQuery } from '../../resources/users/schema.ts';
import { type BenchTenant, idOf } from './data.ts';

/** One thing that is measured: a request to the product, and the statement that the bare server sends for the same rows. */
export interface Case {
  name: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** Several bodies take turns. */
  bodies?: object[];
  /** As the host app's server does, by an API key. */
  byKey?: boolean;
  /** Reads at this place of the list, which is found by walking it. */
  pages?: number;
  bare?: Statement | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: each list has a query of its own
type AnyRead = (request: ReadRequest<any, any>) => Read<any>;

const ME = `SELECT person.id, person.name, person.email, (
    SELECT jsonb_agg(jsonb_build_object('tenantId', member.tenant_id, 'slug', tenant.slug, 'permissions', (
      SELECT jsonb_agg(DISTINCT code) FROM active_assignment assignment
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id CROSS JOIN unnest(role.effective_permissions) code
      WHERE assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id)))
    FROM membership member JOIN tenant ON tenant.id = member.tenant_id WHERE member.user_id = person.id) AS memberships
  FROM "user" person WHERE person.id = $1`;
const CHECK = `SELECT EXISTS (
    SELECT 1 FROM active_assignment assignment JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
    WHERE assignment.tenant_id = $2::uuid AND assignment.user_id = question.id AND 'members:read' = ANY (role.effective_permissions)) AS allowed
  FROM unnest($1::text[]) question (id)`;
const CHANGE = `WITH changed AS (UPDATE tenant SET name = $2, search_text = lower($2), version = version + 1 WHERE id = $1::uuid RETURNING id, name)
  INSERT INTO audit_log (tenant_id, id, actor_type, action, category, target_type, target_id, target_label)
  SELECT id, gen_random_uuid(), 'system', 'tenant.updated', 'tenant', 'tenant', id::text, name FROM changed`;
const MEMBER_CHANGE = `WITH changed AS (
    UPDATE membership SET status = CASE status WHEN 'active' THEN 'suspended' ELSE 'active' END::"MembershipStatus", version = version + 1
    WHERE tenant_id = $1::uuid AND id = $2::uuid RETURNING tenant_id, id, user_id)
  INSERT INTO audit_log (tenant_id, id, actor_type, action, category, subject_id, target_type, target_id)
  SELECT tenant_id, gen_random_uuid(), 'system', 'member.suspended', 'membership', user_id, 'member', id::text FROM changed`;
const PER_DAY = `SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*) FROM "user" WHERE created_at > now() - interval '30 days' GROUP BY 1`;

/** The user who signs in owns the biggest tenant, a middle one and the last one; `roleId` is a role of the biggest, `memberId` of the last. */
export function benchCases(
  services: Services,
  tenants: BenchTenant[],
  { userId, memberId, roleId }: { userId: string; memberId: string; roleId: string },
): Case[] {
  const [big, middle] = tenants as [BenchTenant, BenchTenant];
  const small = tenants.at(-1) as BenchTenant;
  const path = ({ id }: BenchTenant, rest: string) => `/api/admin/tenants/${id}${rest}`;

  /** The statement of a list or a record without its count, as the product sends it. */
  const statementOf = (read: AnyRead, tenant: BenchTenant, query: unknown, params: unknown = undefined): Statement => {
    const request = { services, operation: 'bench', tenantId: tenant.id, impersonatorId: null, params, query };
    const [statement] = read(request as never).statements;
    return statement as Statement;
  };
  const list = (
    name: string,
    tenant: BenchTenant,
    at: string,
    [read, schema]: readonly [AnyRead, { parse(query: object): unknown }],
    query: Record<string, string> = {},
  ): Case => ({
    name,
    method: 'GET',
    path: `${at}?${new URLSearchParams(query)}`,
    bare: statementOf(read, tenant, schema.parse(query)),
  });

  const members = [listMembers, MemberListQuery] as const;
  const audit = [listTenantAuditLogs, AuditLogListQuery] as const;
  const everyAudit = [listAuditLogs, PlatformAuditLogListQuery] as const;
  const users = [listUsers, UserListQuery] as const;
  const questions = (count: number) => ({
    checks: Array.from({ length: count }, (_, n) => ({
      userId: `bench-${small.offset + n}`,
      tenantId: small.id,
      permission: 'members:read',
    })),
  });
  const asked = (count: number): Statement => ({
    text: CHECK,
    values: [questions(count).checks.map((check) => check.userId), small.id],
  });
  const names = Array.from({ length: 16 }, (_, n) => ({ name: `Bench ${n}` }));
  return [
    list(`members of ${small.members}`, small, path(small, '/members'), members),
    list(`members of ${middle.members}`, middle, path(middle, '/members'), members),
    list(`members of ${big.members}`, big, path(big, '/members'), members),
    { ...list('members, a later page', big, path(big, '/members'), members, { limit: '100' }), pages: 100 },
    list('members, searched', big, path(big, '/members'), members, { q: 'zoe zimm' }),
    {
      name: 'a member',
      method: 'GET',
      path: path(small, `/members/${memberId}`),
      bare: statementOf(readMember as AnyRead, small, undefined, { memberId }),
    },
    list('users', small, '/api/admin/users', users),
    list('users, searched', small, '/api/admin/users', users, { q: 'zimmermann' }),
    list('audit log, small', small, path(small, '/audit-logs'), audit),
    list('audit log, big', big, path(big, '/audit-logs'), audit),
    { ...list('audit log, a later page', big, path(big, '/audit-logs'), audit, { limit: '100' }), pages: 100 },
    list('audit log, by action', big, path(big, '/audit-logs'), audit, { action: 'invitation.' }),
    list('audit log, by user', big, path(big, '/audit-logs'), audit, { subjectId: `bench-${big.offset + 7}` }),
    list('audit log, searched', big, path(big, '/audit-logs'), audit, { q: 'urgent' }),
    list('audit log, rare words', big, path(big, '/audit-logs'), audit, { q: 'nothing of the kind' }),
    list('audit log of all', small, '/api/admin/audit-logs', everyAudit),
    list('audit log of all, searched', small, '/api/admin/audit-logs', everyAudit, { q: 'urgent' }),
    { name: 'trends', method: 'GET', path: '/api/admin/trends', bare: { text: PER_DAY, values: [] } },
    { name: 'who am I', method: 'GET', path: '/api/me', bare: { text: ME, values: [userId] } },
    ...[1, 100].map(
      (count): Case => ({
        name: `check of ${count}`,
        method: 'POST',
        path: '/api/access/check',
        bodies: [questions(count)],
        byKey: true,
        bare: asked(count),
      }),
    ),
    {
      name: 'a change',
      method: 'PATCH',
      path: path(small, ''),
      bodies: names,
      bare: { text: CHANGE, values: [small.id, 'Bench'] },
    },
    {
      name: 'a change of a member',
      method: 'PATCH',
      path: path(small, `/members/${memberId}`),
      bodies: [{ status: 'suspended' }, { status: 'active' }],
      bare: { text: MEMBER_CHANGE, values: [small.id, memberId] },
    },
    {
      name: 'preview of a bulk change',
      method: 'POST',
      path: path(middle, '/members/bulk-roles?dryRun=true'),
      bodies: [{ filter: {}, add: [idOf('role', middle.slug)] }],
    },
    {
      name: 'preview of a change',
      method: 'PATCH',
      path: path(big, `/roles/${roleId}?dryRun=true`),
      bodies: [{ permissions: ['members:read', 'roles:read'] }],
    },
  ];
}
