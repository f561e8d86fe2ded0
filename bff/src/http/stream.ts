import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describeRoute } from 'hono-openapi';
import type { z } from 'zod';
import { type AuthorizedContext, requireAccount } from '../access/actor.ts';
import { AppError, SUCCESS } from '../core/errors.ts';
import type { AppEnv } from './env.ts';
import { authenticateAgain, guard } from './guard/guard.ts';
import { describeAccess, problemStatuses } from './openapi/describe.ts';
import { COMMON_HEADERS, problemReferences } from './openapi/responses.ts';
import { signedIn, validated } from './route.ts';

const HEARTBEAT_MS = 5_000;
const RECONNECT_MS = 2_000;
const MAX_STREAMS_PER_USER = 20;
const openStreams = new WeakMap<AuthorizedContext['services'], Map<string, number>>();

export interface OpenStream {
  context: AuthorizedContext;
  /** The id of the last event the client saw before it lost the stream. */
  lastEventId: string | undefined;
  /** Aborted when the client disconnects or the server stops. */
  ended: AbortSignal;
  /** Authenticates again and reads the current access. Throws when the session or the account has ended. */
  renew(): Promise<AuthorizedContext>;
  send(event: { event: string; id?: string; data: object }): Promise<void>;
}

interface StreamSpec<Q extends z.ZodType> {
  path: string;
  operation: string;
  summary: string;
  query: Q;
  /** The stream ends when this does. */
  run: (stream: OpenStream, query: z.output<Q>) => Promise<void>;
}

/** Registers a stream of server-sent events for signed-in users, with the same guard, a heartbeat, and an end when the server stops. */
export function eventStream<Q extends z.ZodType>(app: Hono<AppEnv>, spec: StreamSpec<Q>): void {
  app.on(
    ['GET'],
    [spec.path],
    describeRoute({
      ...describeAccess({ ...spec, access: signedIn }),
      responses: {
        [SUCCESS.ok]: { description: 'Events', headers: COMMON_HEADERS, content: { 'text/event-stream': {} } },
        ...problemReferences(problemStatuses({ ...spec, method: 'get', access: signedIn })),
      },
    }),
    guard(signedIn, spec.operation),
    validated('query', spec.query),
    (c: Context<AppEnv>) => respond(c, spec),
  );
}

function respond<Q extends z.ZodType>(c: Context<AppEnv>, { operation, run }: StreamSpec<Q>): Response {
  const context = c.get('context') as AuthorizedContext;
  const query = (c.req as { valid: (of: string) => unknown }).valid('query') as z.output<Q>;
  const { services } = context;
  if (c.req.method === 'HEAD') return c.body(null, SUCCESS.ok, { 'content-type': 'text/event-stream' });
  const release = countStream(context);
  const lastEventId = c.req.header('last-event-id');
  const response = streamSSE(c, async (sse) => {
    const disconnected = new AbortController();
    const ended = AbortSignal.any([disconnected.signal, services.stopping.signal]);
    // An answer that is never read blocks the first write: the place does not wait for it.
    ended.addEventListener('abort', release);
    sse.onAbort(() => disconnected.abort());
    c.env?.outgoing?.once('close', () => sse.abort());
    const heartbeat = setInterval(() => void sse.write(': heartbeat\n\n'), HEARTBEAT_MS);
    try {
      await sse.write(`retry: ${RECONNECT_MS}\n\n`);
      await run(
        {
          context,
          lastEventId,
          ended,
          renew: async () => {
            const current = await authenticateAgain(c, operation);
            requireAccount(current.access);
            return current;
          },
          send: ({ data, ...event }) => sse.writeSSE({ ...event, data: JSON.stringify(data) }),
        },
        query,
      );
    } catch (error) {
      if (!(error instanceof AppError))
        services.log.warn({ requestId: context.origin.requestId, err: error }, 'event stream failed');
    } finally {
      clearInterval(heartbeat);
      release();
    }
  });
  response.headers.set('x-accel-buffering', 'no');
  return response;
}

/** Counts the open streams of a user and returns the release, which counts once. Throws rate_limited above the limit. */
function countStream({ services, actor }: AuthorizedContext): () => void {
  const counts = openStreams.get(services) ?? new Map<string, number>();
  openStreams.set(services, counts);
  const id = actor.id ?? '';
  const count = counts.get(id) ?? 0;
  if (count >= MAX_STREAMS_PER_USER) throw new AppError('rate_limited', { retryAfterSeconds: 30 });
  counts.set(id, count + 1);
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    const left = (counts.get(id) ?? 1) - 1;
    if (left > 0) counts.set(id, left);
    else counts.delete(id);
  };
}
