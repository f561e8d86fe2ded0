import type { Hono } from 'hono';
import { AccessTimeline, EffectiveAccess, EventInstants, RoleHolder } from '../../../access/history/schema.ts';
import { listOf, TenantParams } from '../../../core/schema.ts';
import type { AppEnv } from '../../../http/env.ts';
import { route, tenantOnly, tenantOrSelf } from '../../../http/route.ts';
import { accessTimeline, compare, effectiveAccess, eventInstants, listRoleHolders } from './queries.ts';
import {
  AccessComparison,
  CompareQuery,
  EffectiveQuery,
  EventInstantsQuery,
  RoleHoldersQuery,
  TimelineQuery,
} from './schema.ts';

const ACCESS = '/api/admin/tenants/:tenantId/access';

/** Access as of any instant. */
export function accessHistoryRoutes(app: Hono<AppEnv>): void {
  const common = {
    method: 'get',
    access: tenantOnly('access:explain'),
    params: TenantParams,
    success: 'ok',
    problems: ['validation_failed'],
  } as const;
  route(app, {
    ...common,
    access: tenantOrSelf('access:explain'),
    path: `${ACCESS}/effective`,
    operation: 'access.effective',
    summary: 'List the effective permissions of a user and the roles that grant them; open to users about themselves',
    query: EffectiveQuery,
    response: EffectiveAccess,
    handle: ({ context, query }) => effectiveAccess(context, query),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/role-holders`,
    operation: 'access.role-holders',
    summary: 'List the holders of a role, now or as of an instant',
    query: RoleHoldersQuery,
    response: listOf(RoleHolder),
    handle: ({ context, query }) => listRoleHolders(context, query),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/compare`,
    operation: 'access.compare',
    summary: 'Compare access at two instants, with the events in between',
    query: CompareQuery,
    response: AccessComparison,
    handle: ({ context, query }) => compare(context, query),
  });
  route(app, {
    ...common,
    access: tenantOrSelf('access:explain'),
    path: `${ACCESS}/timeline`,
    operation: 'access.timeline',
    summary: 'List the role assignments of a user over time; open to users about themselves',
    query: TimelineQuery,
    response: AccessTimeline,
    handle: ({ context, query }) => accessTimeline(context, query.userId),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/event-instants`,
    operation: 'access.event-instants',
    summary: 'Get the instants just before and after an event took effect',
    query: EventInstantsQuery,
    response: EventInstants,
    handle: ({ context, query }) => eventInstants(context, query.auditLogId),
  });
}
