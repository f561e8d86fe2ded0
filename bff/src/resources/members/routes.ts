import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { route, tenantByField, tenantOnly } from '../../http/route.ts';
import { readBulkRoles, requestBulkRoles } from './bulk.ts';
import { removeMember, UPDATE_REQUIRES, updateMember } from './changes.ts';
import { LIST_REQUIRES, listMembers, readMember } from './queries.ts';
import {
  BulkRoles,
  BulkRolesParams,
  BulkRolesProgress,
  Member,
  MemberListQuery,
  MemberParams,
  MemberUpdate,
} from './schema.ts';

const ALL = '/api/admin/tenants/:tenantId/members';
const ONE = `${ALL}/:memberId`;
/** A filter and the progress reveal as much of the members as their list. */
const BULK = tenantOnly({ allOf: ['roles:assign', 'members:read'] });

export function memberRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'member.list',
    summary: 'List the members of a tenant',
    access: tenantOnly('members:read', LIST_REQUIRES),
    params: TenantParams,
    query: MemberListQuery,
    success: 'ok',
    response: listOf(Member),
    read: listMembers,
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'member.read',
    summary: 'Get a member',
    access: tenantOnly('members:read'),
    params: MemberParams,
    success: 'ok',
    response: Member,
    read: readMember,
  });
  route(app, {
    method: 'patch',
    path: ONE,
    operation: 'member.update',
    summary: 'Replace the roles of a member; suspend or reactivate',
    access: tenantByField(UPDATE_REQUIRES),
    params: MemberParams,
    body: MemberUpdate,
    success: 'ok',
    previews: true,
    response: Member,
    handle: ({ context, params, body }) => updateMember(context, params.memberId, body),
  });
  route(app, {
    method: 'delete',
    path: ONE,
    operation: 'member.remove',
    summary: 'Remove a member and end all their roles',
    access: tenantOnly('members:remove'),
    params: MemberParams,
    success: 'none',
    previews: true,
    response: undefined,
    handle: ({ context, params }) => removeMember(context, params.memberId),
  });
  route(app, {
    method: 'post',
    path: `${ALL}/bulk-roles`,
    operation: 'member.bulk-roles',
    summary: 'Add and remove roles of many members in a background job',
    access: BULK,
    params: TenantParams,
    body: BulkRoles,
    success: 'created',
    previews: true,
    response: BulkRolesProgress,
    handle: ({ context, body }) => requestBulkRoles(context, body),
  });
  route(app, {
    method: 'get',
    path: `${ALL}/bulk-roles/:changeId`,
    operation: 'member.bulk-roles-progress',
    summary: 'Get the progress of a bulk change of roles',
    access: BULK,
    params: BulkRolesParams,
    success: 'ok',
    response: BulkRolesProgress,
    handle: ({ context, params }) => readBulkRoles(context, params.changeId),
  });
}
