import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { route, tenantOnly } from '../../http/route.ts';
import { createApiKey, revokeApiKey } from './changes.ts';
import { listApiKeys, readApiKey } from './queries.ts';
import { ApiKey, ApiKeyCreate, ApiKeyCreated, ApiKeyListQuery, ApiKeyParams } from './schema.ts';

const ALL = '/api/admin/tenants/:tenantId/api-keys';
const ONE = `${ALL}/:apiKeyId`;

export function apiKeyRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'api-key.list',
    summary: 'List the API keys of a tenant; those of the platform work in every tenant',
    access: tenantOnly('api-keys:read'),
    params: TenantParams,
    query: ApiKeyListQuery,
    success: 'ok',
    response: listOf(ApiKey),
    read: listApiKeys,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'api-key.create',
    summary: 'Create an API key; the key is returned once',
    access: tenantOnly('api-keys:create'),
    params: TenantParams,
    body: ApiKeyCreate,
    success: 'created',
    response: ApiKeyCreated,
    handle: ({ context, body }) => createApiKey(context, body),
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'api-key.read',
    summary: 'Get an API key without its secret',
    access: tenantOnly('api-keys:read'),
    params: ApiKeyParams,
    success: 'ok',
    response: ApiKey,
    read: readApiKey,
  });
  route(app, {
    method: 'post',
    path: `${ONE}/revoke`,
    operation: 'api-key.revoke',
    summary: 'Revoke an API key',
    access: tenantOnly('api-keys:revoke'),
    params: ApiKeyParams,
    success: 'ok',
    response: ApiKey,
    handle: ({ context, params }) => revokeApiKey(context, params.apiKeyId),
  });
}
