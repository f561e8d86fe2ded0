import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isSafe = (method: string): boolean => SAFE.has(method);
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Returns the origins whose pages may write with a cookie: PUBLIC_URL, or the loopback addresses. */
export function allowedOrigins({ config, publicUrl }: Pick<Services, 'config' | 'publicUrl'>): string[] {
  if (config.publicUrl) return [config.publicUrl];
  const { port } = new URL(publicUrl());
  return LOOPBACK.map((host) => `http://${host}:${port}`);
}

/** Throws origin_refused for an unsafe method from another origin than these. */
export function assertSameOrigin(request: Request, services: Services): void {
  if (isSafe(request.method)) return;
  const origin = request.headers.get('origin');
  if (!origin || !allowedOrigins(services).includes(origin)) throw new AppError('origin_refused');
}
