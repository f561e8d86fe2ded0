import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { seededRandom } from '../../core/random.ts';
import { alter, type Fault, isApplied, refuse } from './kinds.ts';

export interface RequestRecord {
  /** Epoch milliseconds by the real clock. */
  at: number;
  answeredAt: number | null;
  method: string;
  /** With the query. */
  path: string;
  fault: Fault | null;
  status: number | null;
  /** Until when the answer forbade any call; null where it did not, or not credibly. */
  leaveAloneUntil: number | null;
}

interface Trouble {
  /** From 0 to 1, for each request. */
  probability: number;
  among: readonly Fault[];
  /** Only requests like this; all where it is missing. */
  where?: (request: Pick<RequestRecord, 'method' | 'path'>) => boolean;
}

export type Faults = ReturnType<typeof createFaults>;
type Handler = (request: Request) => Response | Promise<Response>;

/** A layer before an API that lets it fail in every way the network knows, and keeps a record of each request. */
export function createFaults({ seed = 'faults' }: { seed?: string } = {}) {
  const random = seededRandom(seed);
  const requests: RequestRecord[] = [];
  const scheduled: (Fault | null)[] = [];
  let trouble: Trouble | null = null;
  let retryAfterSeconds = 1;

  const nextFault = (request: RequestRecord): Fault | null => {
    const planned = scheduled.shift();
    if (planned !== undefined) return planned;
    if (!trouble || (trouble.where && !trouble.where(request)) || !random.chance(trouble.probability)) return null;
    return random.pick(trouble.among);
  };

  return {
    requests,

    /** Faults by chance, until `stop()`. */
    start(next: Trouble, options: { retryAfterSeconds?: number } = {}): void {
      trouble = next;
      retryAfterSeconds = options.retryAfterSeconds ?? retryAfterSeconds;
    },

    /** The next requests fail so, one after the other; null lets one through. */
    schedule(...faults: (Fault | null)[]): void {
      scheduled.push(...faults);
    },

    stop(): void {
      trouble = null;
      scheduled.length = 0;
    },

    /** Requests that came while an earlier answer forbade it. Those that were on their way already are not blamed. */
    callsTooEarly({ graceMs = 50 } = {}): RequestRecord[] {
      const bans = requests.filter(({ leaveAloneUntil }) => leaveAloneUntil !== null);
      return requests.filter(({ at }) =>
        bans.some((ban) => at > (ban.answeredAt ?? ban.at) + graceMs && at < (ban.leaveAloneUntil ?? 0)),
      );
    },

    /** The handler behind this layer. */
    before(handle: Handler): (request: Request, env: HttpBindings) => Promise<Response> {
      return async (request, { outgoing }) => {
        const { pathname, search } = new URL(request.url);
        const record: RequestRecord = {
          at: Date.now(),
          answeredAt: null,
          method: request.method,
          path: pathname + search,
          fault: null,
          status: null,
          leaveAloneUntil: null,
        };
        requests.push(record);
        record.fault = nextFault(record);
        const { fault } = record;

        const answer = fault && !isApplied(fault) ? refuse(fault, retryAfterSeconds) : await handle(request);
        const outcome = fault && isApplied(fault) ? await alter(fault, answer as Response) : answer;
        if (outcome === 'silence') return new Promise<Response>(() => {});
        if (outcome === 'reset') {
          outgoing.socket?.resetAndDestroy();
          return RESPONSE_ALREADY_SENT;
        }
        record.answeredAt = Date.now();
        record.status = outcome.status;
        record.leaveAloneUntil = leaveAloneUntil(outcome);
        return outcome;
      };
    },
  };
}

const LONGEST_CREDIBLE_SECONDS = 3600;

function leaveAloneUntil(response: Response): number | null {
  const given = response.status === 429 ? response.headers.get('retry-after') : null;
  if (!given) return null;
  if (!/^\d+$/.test(given)) return Date.parse(given) || null;
  const seconds = Number(given);
  return seconds > 0 && seconds <= LONGEST_CREDIBLE_SECONDS ? Date.now() + seconds * 1000 : null;
}
