import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { seededRandom } from '../../core/random.ts';
import { type Fault, failRequest, failResponse, isProcessed } from './kinds.ts';

export interface RequestRecord {
  /** Epoch milliseconds of the real clock. */
  at: number;
  respondedAt: number | null;
  method: string;
  /** Includes the query. */
  path: string;
  fault: Fault | null;
  status: number | null;
  /** When the Retry-After of the response ends; null without a plausible one. */
  blockedUntil: number | null;
}

interface FaultPlan {
  /** Per request, from 0 to 1. */
  probability: number;
  among: readonly Fault[];
  /** Restricts faults to these requests; all by default. */
  where?: (request: Pick<RequestRecord, 'method' | 'path'>) => boolean;
}

export type Faults = ReturnType<typeof createFaults>;
type Handler = (request: Request) => Response | Promise<Response>;

/** Injects network and server faults in front of an API, and records each request. */
export function createFaults({ seed = 'faults' }: { seed?: string } = {}) {
  const random = seededRandom(seed);
  const requests: RequestRecord[] = [];
  const scheduled: (Fault | null)[] = [];
  let plan: FaultPlan | null = null;
  let retryAfterSeconds = 1;

  const nextFault = (request: RequestRecord): Fault | null => {
    const next = scheduled.shift();
    if (next !== undefined) return next;
    if (!plan || (plan.where && !plan.where(request)) || !random.chance(plan.probability)) return null;
    return random.pick(plan.among);
  };

  return {
    requests,

    /** Injects faults at random until `stop()`. */
    start(faultPlan: FaultPlan, options: { retryAfterSeconds?: number } = {}): void {
      plan = faultPlan;
      retryAfterSeconds = options.retryAfterSeconds ?? retryAfterSeconds;
    },

    /** Sets the faults of the next requests, in order; null lets a request pass. */
    schedule(...faults: (Fault | null)[]): void {
      scheduled.push(...faults);
    },

    stop(): void {
      plan = null;
      scheduled.length = 0;
    },

    /** Returns requests sent before an earlier Retry-After had ended, except those already in flight. */
    requestsBeforeRetryAfter({ graceMs = 50 } = {}): RequestRecord[] {
      const blocks = requests.filter(({ blockedUntil }) => blockedUntil !== null);
      return requests.filter(({ at }) =>
        blocks.some((block) => at > (block.respondedAt ?? block.at) + graceMs && at < (block.blockedUntil ?? 0)),
      );
    },

    /** Wraps a handler with fault injection. */
    wrap(handle: Handler): (request: Request, env: HttpBindings) => Promise<Response> {
      return async (request, { outgoing }) => {
        const { pathname, search } = new URL(request.url);
        const record: RequestRecord = {
          at: Date.now(),
          respondedAt: null,
          method: request.method,
          path: pathname + search,
          fault: null,
          status: null,
          blockedUntil: null,
        };
        requests.push(record);
        record.fault = nextFault(record);
        const { fault } = record;

        const response = fault && !isProcessed(fault) ? failRequest(fault, retryAfterSeconds) : await handle(request);
        const outcome = fault && isProcessed(fault) ? await failResponse(fault, response as Response) : response;
        if (outcome === 'silence') return new Promise<Response>(() => {});
        if (outcome === 'reset') {
          outgoing.socket?.resetAndDestroy();
          return RESPONSE_ALREADY_SENT;
        }
        record.respondedAt = Date.now();
        record.status = outcome.status;
        record.blockedUntil = blockedUntil(outcome);
        return outcome;
      };
    },
  };
}

const MAX_RETRY_AFTER_SECONDS = 3600;

function blockedUntil(response: Response): number | null {
  const retryAfter = response.status === 429 ? response.headers.get('retry-after') : null;
  if (!retryAfter) return null;
  if (!/^\d+$/.test(retryAfter)) return Date.parse(retryAfter) || null;
  const seconds = Number(retryAfter);
  return seconds > 0 && seconds <= MAX_RETRY_AFTER_SECONDS ? Date.now() + seconds * 1000 : null;
}
