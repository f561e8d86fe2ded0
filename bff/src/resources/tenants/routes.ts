import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route, tenantByField, tenantOnly } from '../../http/route.ts';
import { createTenant, UPDATE_REQUIRES, updateTenant } from './changes.ts';
import { listTenants, readTenant } from './queries.ts';
import { Tenant, TenantCreate, TenantCreated, TenantDetail, TenantListQuery, TenantUpdate } from './schema.ts';

const ALL = '/api/admin/tenants';
const ONE = `${ALL}/:tenantId`;

export function tenantRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'tenant.list',
    summary: 'List all tenants',
    access: platformOnly('tenants:read'),
    query: TenantListQuery,
    success: 'ok',
    response: listOf(Tenant),
    read: listTenants,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'tenant.create',
    summary: 'Create a tenant with its system roles and invite its first owner',
    access: platformOnly('tenants:create'),
    body: TenantCreate,
    success: 'created',
    response: TenantCreated,
    handle: ({ context, body }) => createTenant(context, body),
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'tenant.read',
    summary: 'Get a tenant',
    access: tenantOnly('tenant:read'),
    params: TenantParams,
    success: 'ok',
    response: TenantDetail,
    read: readTenant,
  });
  route(app, {
    method: 'patch',
    path: ONE,
    operation: 'tenant.update',
    summary: 'Rename a tenant; change its slug or status',
    access: tenantByField(UPDATE_REQUIRES),
    params: TenantParams,
    body: TenantUpdate,
    success: 'ok',
    previews: true,
    response: TenantDetail,
    handle: ({ context, params, body }) => updateTenant(context, params.tenantId, body),
  });
}
