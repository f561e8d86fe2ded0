import pino from 'pino';
import { inject, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import type { Services } from '../http/context.ts';
import { createServices } from '../services.ts';

export const ORIGIN = 'http://127.0.0.1:3000';

interface Answer {
  status: number;
  // Tests read whatever shape they expect; a wrong one fails their assertion.
  // biome-ignore lint/suspicious/noExplicitAny: an assertion is the type check here
  body: any;
  headers: Headers;
}

export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface Harness {
  services: Services;
  /** Calls the app with this cookie, as a browser on our own origin would. */
  as(cookie: string): Caller;
  anonymous: Caller;
  close(): Promise<void>;
}

/**
 * The real app over the run's database, or over that of DATABASE_URL. Each suite makes one, and tenants of its own through
 * builders.ts.
 */
export async function startHarness(settings: Record<string, string> = {}): Promise<Harness> {
  const config: Config = readConfig({ SEED: 'none', PUBLIC_URL: ORIGIN, LOG_LEVEL: 'silent', ...settings });
  const services = createServices({
    config,
    ownerUrl: config.databaseUrl ?? inject('ownerUrl'),
    log: pino({ level: config.logLevel }),
    publicUrl: () => ORIGIN,
    attemptsPerMinute: 10_000,
  });
  const app = createApp(services);
  const as =
    (cookie: string | null): Caller =>
    async (method, path, body, headers = {}) => {
      const response = await app.request(`${ORIGIN}${path}`, {
        method,
        headers: {
          origin: ORIGIN,
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
    };
  const close = async () => {
    services.stopping.abort();
    await services.inbox.close();
    await services.queue.stop();
    await services.db.close();
  };
  return { services, as, anonymous: as(null), close };
}

/** For a single test that needs other settings than its suite. */
export async function harnessForThisTest(settings: Record<string, string>): Promise<Harness> {
  const harness = await startHarness(settings);
  onTestFinished(() => harness.close());
  return harness;
}
