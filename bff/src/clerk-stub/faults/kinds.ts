import { setTimeout as sleep } from 'node:timers/promises';

/** Faults before the request is processed: it has no effect. */
const REQUEST_FAULTS = [
  'retry-after-seconds',
  'retry-after-date',
  'retry-after-missing',
  'retry-after-garbage',
  'retry-after-zero',
  'retry-after-huge',
  'server-error',
  'html-bad-gateway',
  'no-response',
  'reset-before',
] as const;

/** Faults of the response: the request was processed. */
const RESPONSE_FAULTS = [
  'processed-server-error',
  'processed-no-response',
  'reset-after',
  'truncated',
  'slow-drip',
  'wrong-content-type',
] as const;

export type Fault = (typeof REQUEST_FAULTS)[number] | (typeof RESPONSE_FAULTS)[number] | (typeof REFUSALS)[number];
/** Faults that end without a change of the request. */
export const ALL_FAULTS: readonly Fault[] = [...REQUEST_FAULTS, ...RESPONSE_FAULTS];

/** Refusals of the request itself, which a retry does not change. */
export const REFUSALS = ['not-found', 'conflict', 'unprocessable'] as const;

type Outcome = Response | 'silence' | 'reset';

const DRIP_EVERY_MS = 200;

export const isProcessed = (fault: Fault): boolean => RESPONSE_FAULTS.some((kind) => kind === fault);

export function failRequest(fault: Fault, retryAfterSeconds: number): Outcome {
  if (fault === 'no-response') return 'silence';
  if (fault === 'reset-before') return 'reset';
  if (fault === 'server-error') return failure();
  if (fault in REFUSED) return clerkError(...REFUSED[fault as keyof typeof REFUSED]);
  if (fault === 'html-bad-gateway') {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return new Response(page, { status: STATUS.badGateway, headers: { 'content-type': 'text/html' } });
  }
  const retryAfter = retryAfterOf(fault, retryAfterSeconds);
  return clerkError(STATUS.tooMany, 'too_many_requests', retryAfter === null ? {} : { 'retry-after': retryAfter });
}

/** Spoils the response of a processed request. */
export async function failResponse(fault: Fault, response: Response): Promise<Outcome> {
  if (fault === 'processed-no-response') return 'silence';
  if (fault === 'reset-after') return 'reset';
  if (fault === 'processed-server-error') return failure();
  const body = await response.text();
  const { status } = response;
  if (fault === 'wrong-content-type') {
    return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
  const headers = { 'content-type': 'application/json' };
  if (fault === 'truncated') return new Response(body.slice(0, Math.floor(body.length / 2)), { status, headers });
  return new Response(drip(body), { status, headers });
}

const REFUSED: Record<(typeof REFUSALS)[number], [number, string]> = {
  'not-found': [404, 'resource_not_found'],
  conflict: [409, 'conflict'],
  unprocessable: [422, 'form_param_invalid'],
};
const STATUS = { tooMany: 429, serverError: 500, badGateway: 502 };

const failure = () => clerkError(STATUS.serverError, 'internal_clerk_error');

function clerkError(status: number, code: string, headers: Record<string, string> = {}): Response {
  const message = 'Oops, an unexpected error occurred';
  const body = {
    errors: [{ code, message, long_message: message }],
    clerk_trace_id: '0123456789abcdef0123456789abcdef',
  };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

function retryAfterOf(fault: Fault, seconds: number): string | null {
  switch (fault) {
    case 'retry-after-missing':
      return null;
    case 'retry-after-garbage':
      return 'soon, perhaps';
    case 'retry-after-zero':
      return '0';
    case 'retry-after-huge':
      return '99999999999';
    case 'retry-after-date':
      // HTTP dates have whole seconds: rounded up, so that the wait is never shorter.
      return new Date(Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000).toUTCString();
    default:
      return String(seconds);
  }
}

/** Sends one byte at a time, more slowly than any client timeout allows. */
function drip(body: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(body);
  let index = 0;
  return new ReadableStream({
    async pull(controller) {
      await sleep(DRIP_EVERY_MS, undefined, { ref: false });
      if (index < bytes.length) controller.enqueue(bytes.slice(index, index + 1));
      else controller.close();
      index += 1;
    },
  });
}
