import type { Hono } from 'hono';
import { AccessExplanation, AccessHolder } from '../../access/explain/schema.ts';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { route, tenantOnly, tenantOrSelf } from '../../http/route.ts';
import { explainAccess, listAccessHolders } from './queries.ts';
import { ExplainQuery, HoldersQuery } from './schema.ts';

const ACCESS = '/api/admin/tenants/:tenantId/access';

export function accessRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: `${ACCESS}/explain`,
    operation: 'access.explain',
    summary: 'Explain why a user has a permission or lacks it; open to users about themselves',
    access: tenantOrSelf('access:explain'),
    params: TenantParams,
    query: ExplainQuery,
    success: 'ok',
    response: AccessExplanation,
    problems: ['validation_failed'],
    handle: ({ context, query }) => explainAccess(context, query),
  });
  route(app, {
    method: 'get',
    path: `${ACCESS}/holders`,
    operation: 'access.holders',
    summary: 'List who has a permission, now or as of an instant',
    access: tenantOnly('access:explain'),
    params: TenantParams,
    query: HoldersQuery,
    success: 'ok',
    response: listOf(AccessHolder),
    problems: ['validation_failed'],
    handle: ({ context, query }) => listAccessHolders(context, query),
  });
}
