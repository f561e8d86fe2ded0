import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { listen } from '../http/listen/listen.ts';
import { createBackendApi } from './backend/api.ts';
import { controlPage } from './control-page.ts';
import { createFaults, type Faults, type RequestRecord } from './faults/faults.ts';
import type { RateLimits } from './faults/rate-limits.ts';
import { type ClerkInstance, createClerkInstance } from './state/instance.ts';
import { createWebhookSender, type SenderOptions, type WebhookSender } from './webhooks/sender.ts';

export interface StubOptions {
  /** Port of the Backend API; 0 selects a free one. */
  port?: number;
  /** Port of the Frontend API. */
  frontendPort?: number;
  instance?: ClerkInstance;
  secretKey?: string;
  rateLimits?: RateLimits;
  /** Serves a page at /__stub that replaces Clerk's dashboard. */
  hasControlPage?: boolean;
  /** The Frontend API of this instance, served at an origin of its own, as Clerk does. */
  frontendApi?: (instance: ClerkInstance) => Hono;
}

export interface ClerkStub {
  /** CLERK_API_URL */
  url: string;
  /** CLERK_FAPI_URL; null without a Frontend API. */
  frontendUrl: string | null;
  /** CLERK_SECRET_KEY */
  secretKey: string;
  /** CLERK_WEBHOOK_SIGNING_SECRET */
  webhookSecret: string;
  /** Returns the settings that make the product use this stub. Creates the signing key. */
  settings(): Record<string, string>;
  instance: ClerkInstance;
  /** Faults of the Backend API. */
  faults: Faults;
  requests: readonly RequestRecord[];
  /** Adds a webhook endpoint for events from now on. */
  addEndpoint(options: Omit<SenderOptions, 'instance' | 'secret'>): WebhookSender;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Names a host that does not exist, because browsers reach the Frontend API only through the product. */
const PUBLISHABLE_KEY = `pk_live_${Buffer.from('clerk.rolecall.test$').toString('base64')}`;

/** Starts a stub of Clerk for tests and the demo. Listens on loopback only and rejects keys of live instances. */
export async function startClerkStub(options: StubOptions = {}): Promise<ClerkStub> {
  const { instance = createClerkInstance(), secretKey = `sk_test_${randomBytes(24).toString('hex')}` } = options;
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const faults = createFaults();
  const senders: WebhookSender[] = [];
  const servers: Server[] = [];
  const serve = async (handle: (request: Request, env: HttpBindings) => Response | Promise<Response>, port: number) => {
    const server = createServer(getRequestListener((request, env) => handle(request, env as HttpBindings)));
    servers.push(server);
    return listen(server, { host: HOST, port });
  };

  const frontend = options.frontendApi?.(instance);
  const frontendUrl = frontend ? await serve((request) => frontend.fetch(request), options.frontendPort ?? 0) : null;
  const issuer = () => frontendUrl ?? url;
  const backend = createBackendApi({ instance, secretKey, issuer, rateLimits: options.rateLimits ?? {} });
  if (options.hasControlPage) backend.route('/__stub', controlPage(instance));
  const url = await serve(
    faults.wrap((request) => backend.fetch(request)),
    options.port ?? 0,
  );

  return {
    url,
    frontendUrl,
    secretKey,
    webhookSecret,
    settings: () => ({
      IDENTITY_PROVIDER: 'clerk',
      CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      CLERK_SECRET_KEY: secretKey,
      CLERK_JWT_KEY: instance.signingKey().publicPem,
      CLERK_WEBHOOK_SIGNING_SECRET: webhookSecret,
      CLERK_API_URL: url,
      ...(frontendUrl ? { CLERK_FAPI_URL: frontendUrl } : {}),
    }),
    instance,
    faults,
    requests: faults.requests,
    addEndpoint(endpoint) {
      const sender = createWebhookSender({ ...endpoint, instance, secret: webhookSecret });
      senders.push(sender);
      return sender;
    },
    async close() {
      await Promise.all(senders.map((sender) => sender.close()));
      await Promise.all(servers.map(stop));
    },
  };
}

const stop = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
