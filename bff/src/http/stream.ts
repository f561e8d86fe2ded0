import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describeRoute } from 'hono-openapi';
import type { z } from 'zod';
import { type AuthorizedContext, requireAccount } from '../access/actor.ts';
import { AppError, SUCCESS } from '../core/errors.ts';
import type { AppEnv } from './env.ts';
import { authenticateRequest, guard } from './guard.ts';
import { signedIn, validated } from './route.ts';

const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
const MAX_STREAMS_PER_USER = 20;
const openStreams = new WeakMap<AuthorizedContext['services'], Map<string, number>>();

export interface OpenStream {
  context: AuthorizedContext;
  /** The id of the last event the client saw before it lost the stream. */
  lastEventId: string | undefined;
  /** Aborted when the client has gone or the server stops. */
  ended: AbortSignal;
  /** Proves the session again and reads what the caller may do now. Throws when the session or the account has ended. */
  renew(): Promise<AuthorizedContext>;
  send(event: { event: string; id: string; data: object }): Promise<void>;
}

interface StreamSpec<Q extends z.ZodType> {
  path: string;
  operation: string;
  summary: string;
  query: Q;
  /** The stream ends when this does. */
  run: (stream: OpenStream, query: z.output<Q>) => Promise<void>;
}

/** Like route(), for server-sent events: any signed-in user, the same guard, a heartbeat, and an end when the server stops. */
export function eventStream<Q extends z.ZodType>(app: Hono<AppEnv>, spec: StreamSpec<Q>): void {
  const { operation, summary } = spec;
  app.on(
    ['GET'],
    [spec.path],
    describeRoute({
      operationId: operation,
      summary,
      tags: [operation.split('.')[0] ?? operation],
      ...({ 'x-permission': signedIn.kind } as object),
      responses: { [SUCCESS.ok]: { description: 'Events', content: { 'text/event-stream': {} } } },
    }),
    guard(signedIn, operation),
    validated('query', spec.query),
    (c: Context<AppEnv>) => answer(c, spec),
  );
}

function answer<Q extends z.ZodType>(c: Context<AppEnv>, { operation, run }: StreamSpec<Q>): Response {
  const context = c.get('context') as AuthorizedContext;
  const query = (c.req as { valid: (of: string) => unknown }).valid('query') as z.output<Q>;
  const { services } = context;
  const leave = enter(context);
  const lastEventId = c.req.header('last-event-id');
  const response = streamSSE(c, async (sse) => {
    const ended = new AbortController();
    const end = () => ended.abort();
    sse.onAbort(end);
    services.stopping.signal.addEventListener('abort', end);
    const heartbeat = setInterval(() => void sse.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      await sse.write(`retry: ${RECONNECT_MS}\n\n`);
      await run(
        {
          context,
          lastEventId,
          ended: ended.signal,
          renew: async () => {
            const now = await authenticateRequest(c, operation);
            requireAccount(now.access);
            return now;
          },
          send: ({ data, ...event }) => sse.writeSSE({ ...event, data: JSON.stringify(data) }),
        },
        query,
      );
    } catch (error) {
      if (!(error instanceof AppError)) c.get('log').warn({ err: error }, 'a stream ended');
    } finally {
      clearInterval(heartbeat);
      services.stopping.signal.removeEventListener('abort', end);
      leave();
    }
  });
  response.headers.set('x-accel-buffering', 'no');
  return response;
}

/** Throws rate_limited where one person holds more streams than any number of windows explains. */
function enter({ services, actor }: AuthorizedContext): () => void {
  const people = openStreams.get(services) ?? new Map<string, number>();
  openStreams.set(services, people);
  const id = actor.id ?? '';
  const count = people.get(id) ?? 0;
  if (count >= MAX_STREAMS_PER_USER) throw new AppError('rate_limited', { retryAfterSeconds: 30 });
  people.set(id, count + 1);
  return () => {
    const left = (people.get(id) ?? 1) - 1;
    if (left > 0) people.set(id, left);
    else people.delete(id);
  };
}
