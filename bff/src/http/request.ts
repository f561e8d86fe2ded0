import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Metrics } from '../core/metrics.ts';
import type { Services } from '../core/services.ts';
import { clientIp } from './client-ip.ts';
import type { AppEnv } from './env.ts';
import { setRateLimitHeaders } from './limits/headers.ts';

/** Sets services and id of each request, and logs one line with the response. */
export function requestOrigin(services: Services) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set('services', services);
    c.set('origin', {
      requestId,
      ip: clientIp(
        c.env?.incoming?.socket.remoteAddress,
        c.req.header('x-forwarded-for'),
        services.config.trustedProxies,
      ),
      userAgent: c.req.header('user-agent')?.slice(0, 400) ?? null,
    });
    await next();
    // Not c.header(): at this point that would rebuild the whole response.
    c.res.headers.set('x-request-id', requestId);
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', 'no-store');
    const seconds = (performance.now() - startedAt) / 1000;
    countRequest(c, services.metrics, seconds);
    const allowance = c.get('allowance');
    if (allowance) setRateLimitHeaders(c.res.headers, allowance);
    const context = c.get('context');
    // Requests for the files of the console are not worth a line.
    services.log[c.req.path.startsWith('/api/') ? 'info' : 'debug'](
      {
        requestId,
        method: c.req.method,
        path: redactToken(c.req.path),
        status: c.res.status,
        ms: Math.round(seconds * 1000),
        ip: c.get('origin').ip,
        ...(context && 'actor' in context ? { actor: context.actor.id, tenant: context.scope.tenantId } : {}),
      },
      'request',
    );
  });
}

/** Paths that belong to no operation are counted together: clients could make up any number of them. */
function countRequest(c: Context<AppEnv>, { requests, durations }: Metrics, seconds: number): void {
  const operation = c.get('operation') ?? (c.req.path.startsWith('/api/') ? 'unknown' : 'console');
  requests.inc({ operation, status: String(c.res.status) });
  durations.observe({ operation }, seconds);
}

/** The tokens of invitations and password resets are secrets in the path. */
const redactToken = (path: string) =>
  path.replace(/^(\/api\/invitations\/|\/invitations\/|\/api\/auth\/reset-password\/)[^/]+/, '$1…');
