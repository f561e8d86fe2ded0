import { AppError } from '../core/errors.ts';
import type { Services } from '../core/services.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The origins whose pages may change something with a cookie: PUBLIC_URL, or our own loopback addresses. */
export function allowedOrigins({ config, publicUrl }: Pick<Services, 'config' | 'publicUrl'>): string[] {
  if (config.publicUrl) return [config.publicUrl];
  const { port } = new URL(publicUrl());
  return LOOPBACK.map((host) => `http://${host}:${port}`);
}

/** Throws origin_refused for an unsafe method that does not prove to come from our own pages. */
export function assertSameOrigin(request: Request, services: Services): void {
  if (SAFE.has(request.method)) return;
  const origin = request.headers.get('origin');
  if (!origin || !allowedOrigins(services).includes(origin)) throw new AppError('origin_refused');
}
