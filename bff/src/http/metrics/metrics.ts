import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { isLoopbackHost } from '../../core/settings/hosts.ts';
import { isLocalPeer } from '../client-ip.ts';
import type { AppEnv } from '../env.ts';

/** Metrics in the text format of Prometheus, for the bearer of METRICS_TOKEN or, without one, for this machine. */
export function metricsRoute(app: Hono<AppEnv>, services: Services): void {
  const { config, metrics } = services;
  app.get('/metrics', async (c) => {
    c.set('operation', 'metrics');
    if (config.metricsToken !== null) assertToken(c, config.metricsToken);
    else if (!isLocal(c, config)) throw new AppError('not_found');
    c.header('cache-control', 'no-store');
    return c.body(await metrics.registry.metrics(), { headers: { 'content-type': metrics.registry.contentType } });
  });
}

function assertToken(c: Context<AppEnv>, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token))) throw new AppError('not_signed_in');
}

/**
 * Whether a program of this machine connected for itself. A proxy of this machine does so for others: it is trusted, names whom
 * it forwards, or passes on the host that they asked for.
 */
function isLocal(c: Context<AppEnv>, { trustedProxies }: Config): boolean {
  const peer = c.env?.incoming?.socket.remoteAddress;
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => c.req.header(name));
  return isLocalPeer(peer, trustedProxies) && !isForwarded && isLoopbackHost(new URL(c.req.url).hostname);
}
