import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route, tenantOnly } from '../../http/route.ts';
import { listAuditLogs, listTenantAuditLogs, readAuditLog, readTenantAuditLog } from './queries.ts';
import {
  AuditLog,
  AuditLogListQuery,
  AuditLogParams,
  PlatformAuditLogListQuery,
  TenantAuditLogParams,
} from './schema.ts';

const OF_ALL = '/api/admin/audit-logs';
const OF_TENANT = '/api/admin/tenants/:tenantId/audit-logs';

export function auditLogRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: OF_TENANT,
    operation: 'audit-log.list',
    summary: 'List the audit log of a tenant, newest first',
    access: tenantOnly('audit:read'),
    params: TenantParams,
    query: AuditLogListQuery,
    success: 'ok',
    response: listOf(AuditLog),
    read: listTenantAuditLogs,
  });
  route(app, {
    method: 'get',
    path: `${OF_TENANT}/:auditLogId`,
    operation: 'audit-log.read',
    summary: 'Get an event',
    access: tenantOnly('audit:read'),
    params: TenantAuditLogParams,
    success: 'ok',
    response: AuditLog,
    read: readTenantAuditLog,
  });
  route(app, {
    method: 'get',
    path: OF_ALL,
    operation: 'audit-log.list-all',
    summary: 'List the audit logs of all tenants, newest first',
    access: platformOnly('audit:read-all'),
    query: PlatformAuditLogListQuery,
    success: 'ok',
    response: listOf(AuditLog),
    read: listAuditLogs,
  });
  route(app, {
    method: 'get',
    path: `${OF_ALL}/:auditLogId`,
    operation: 'audit-log.read-any',
    summary: 'Get an event of any tenant',
    access: platformOnly('audit:read-all'),
    params: AuditLogParams,
    success: 'ok',
    response: AuditLog,
    read: readAuditLog,
  });
}
