import type { Hono } from 'hono';
import { TenantParams } from '../../../core/schema.ts';
import type { AppEnv } from '../../../http/env.ts';
import { route, tenantOnly } from '../../../http/route.ts';
import { readMatrix } from './queries.ts';
import { RoleMatrix, RoleMatrixUpdate } from './schema.ts';
import { updateMatrix } from './update.ts';

const MATRIX = '/api/admin/tenants/:tenantId/roles/matrix';

export function roleMatrixRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: MATRIX,
    operation: 'role.matrix',
    summary: 'Get all roles of a tenant and what each grants',
    access: tenantOnly('roles:read'),
    params: TenantParams,
    success: 'ok',
    response: RoleMatrix,
    read: readMatrix,
  });
  route(app, {
    method: 'patch',
    path: MATRIX,
    operation: 'role.matrix-update',
    summary: 'Update the permissions of several roles, all or none',
    access: tenantOnly('roles:update'),
    params: TenantParams,
    body: RoleMatrixUpdate,
    success: 'ok',
    previews: true,
    response: RoleMatrix,
    handle: ({ context, body }) => updateMatrix(context, body),
  });
}
