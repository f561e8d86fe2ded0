import { Hono } from 'hono';
import type { Services } from './core/services.ts';
import type { AppEnv } from './http/env.ts';
import { health } from './http/health/health.ts';
import { readableUrl } from './http/input/readable-url.ts';
import { addressLimit } from './http/limits/limit.ts';
import { metricsRoute } from './http/metrics/metrics.ts';
import { notFoundHandler } from './http/not-found.ts';
import { onError } from './http/on-error.ts';
import { openApi } from './http/openapi/openapi.ts';
import { requestOrigin } from './http/request.ts';
import { securityHeaders } from './http/security-headers.ts';
import { accessHistoryRoutes } from './resources/access/history/routes.ts';
import { accessRoutes } from './resources/access/routes.ts';
import { accessCheckRoutes } from './resources/access-check/routes.ts';
import { apiKeyRoutes } from './resources/api-keys/routes.ts';
import { auditLogRoutes } from './resources/audit-logs/routes.ts';
import { identityPushRoutes } from './resources/identity-pushes/routes.ts';
import { invitationRoutes } from './resources/invitations/routes.ts';
import { meRoutes } from './resources/me/routes.ts';
import { memberRoutes } from './resources/members/routes.ts';
import { permissionRoutes } from './resources/permissions/routes.ts';
import { roleChoiceRoutes } from './resources/role-choices/routes.ts';
import { roleRoutes } from './resources/roles/routes.ts';
import { syncRunRoutes } from './resources/sync-runs/routes.ts';
import { tenantRoutes } from './resources/tenants/routes.ts';
import { trendRoutes } from './resources/trends/routes.ts';
import { userRoutes } from './resources/users/routes.ts';
import { webhookEventRoutes } from './resources/webhook-events/routes.ts';
import { webhookRoutes } from './resources/webhooks/routes.ts';

/** Paths without a guard that cost more than a file. */
const WITHOUT_GUARD = ['/api/auth/*', '/__clerk/*', '/api/openapi.json', '/api/docs'];

/** The whole server: its routes, in order of precedence. */
export function createApp(services: Services, console: (app: Hono<AppEnv>) => void = () => {}): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(onError);
  app.use(requestOrigin(services));
  app.use(securityHeaders(services.config));
  app.use('/api/*', readableUrl);

  for (const path of WITHOUT_GUARD) app.use(path, addressLimit);

  health(app, services);
  metricsRoute(app, services);
  meRoutes(app);
  roleChoiceRoutes(app);
  userRoutes(app);
  trendRoutes(app);
  tenantRoutes(app);
  memberRoutes(app);
  roleRoutes(app);
  permissionRoutes(app);
  accessRoutes(app);
  accessHistoryRoutes(app);
  invitationRoutes(app);
  apiKeyRoutes(app);
  accessCheckRoutes(app);
  auditLogRoutes(app);
  webhookRoutes(app);
  webhookEventRoutes(app);
  syncRunRoutes(app);
  identityPushRoutes(app);
  if (services.identity.routes) app.route('/', services.identity.routes);
  openApi(app);

  notFoundHandler(app);
  console(app);
  return app;
}
