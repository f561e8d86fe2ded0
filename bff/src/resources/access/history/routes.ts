import type { Hono } from 'hono';
import { AccessTimeline, EffectiveAccess, EventMoments, RoleHolder } from '../../../access/history/schema.ts';
import { listOf, TenantParams } from '../../../core/schema.ts';
import type { AppEnv } from '../../../http/env.ts';
import { route, tenantOnly } from '../../../http/route.ts';
import { accessTimeline, compare, effectiveAccess, eventMoments, listRoleHolders } from './queries.ts';
import {
  AccessComparison,
  CompareQuery,
  EffectiveQuery,
  EventMomentsQuery,
  RoleHoldersQuery,
  TimelineQuery,
} from './schema.ts';

const ACCESS = '/api/admin/tenants/:tenantId/access';

/** Who could do what at any past moment. The past is a question about people: it asks for the permission that today does. */
export function accessHistoryRoutes(app: Hono<AppEnv>): void {
  const common = { method: 'get', access: tenantOnly('access:explain'), params: TenantParams, success: 'ok' } as const;
  route(app, {
    ...common,
    path: `${ACCESS}/effective`,
    operation: 'access.effective',
    summary: 'Everything somebody may do here, now or at a past moment, and through which roles',
    query: EffectiveQuery,
    response: EffectiveAccess,
    handle: ({ context, query }) => effectiveAccess(context, query),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/role-holders`,
    operation: 'access.role-holders',
    summary: 'Who holds a role, now or at a past moment',
    query: RoleHoldersQuery,
    response: listOf(RoleHolder),
    handle: ({ context, query }) => listRoleHolders(context, query),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/compare`,
    operation: 'access.compare',
    summary: 'Who gained and lost what between two moments, and the events that did it',
    query: CompareQuery,
    response: AccessComparison,
    handle: ({ context, query }) => compare(context, query),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/timeline`,
    operation: 'access.timeline',
    summary: 'The roles of a person over time',
    query: TimelineQuery,
    response: AccessTimeline,
    handle: ({ context, query }) => accessTimeline(context, query.userId),
  });
  route(app, {
    ...common,
    path: `${ACCESS}/event-moments`,
    operation: 'access.event-moments',
    summary: 'The last moment before an event of the log took effect, and the first with it',
    query: EventMomentsQuery,
    response: EventMoments,
    handle: ({ context, query }) => eventMoments(context, query.auditLogId),
  });
}
