import { setTimeout as sleep } from 'node:timers/promises';

/** What happens before the request is looked at: nothing of it is done. */
const REFUSALS = [
  'retry-after-seconds',
  'retry-after-date',
  'retry-after-missing',
  'retry-after-garbage',
  'retry-after-zero',
  'retry-after-huge',
  'server-error',
  'html-bad-gateway',
  'never-answers',
  'reset-before',
] as const;

/** What happens to the answer: the request was done. */
const SPOILED_ANSWERS = [
  'done-but-server-error',
  'done-but-never-answers',
  'reset-after',
  'truncated',
  'slow-drip',
  'wrong-content-type',
] as const;

export type Fault = (typeof REFUSALS)[number] | (typeof SPOILED_ANSWERS)[number];
export const ALL_FAULTS: readonly Fault[] = [...REFUSALS, ...SPOILED_ANSWERS];

type Outcome = Response | 'silence' | 'reset';

const DRIP_EVERY_MS = 200;

export const isApplied = (fault: Fault): boolean => SPOILED_ANSWERS.some((spoiled) => spoiled === fault);

export function refuse(fault: Fault, retryAfterSeconds: number): Outcome {
  if (fault === 'never-answers') return 'silence';
  if (fault === 'reset-before') return 'reset';
  if (fault === 'server-error') return failure();
  if (fault === 'html-bad-gateway') {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return new Response(page, { status: STATUS.badGateway, headers: { 'content-type': 'text/html' } });
  }
  const retryAfter = retryAfterOf(fault, retryAfterSeconds);
  return clerkError(STATUS.tooMany, 'too_many_requests', retryAfter === null ? {} : { 'retry-after': retryAfter });
}

/** What becomes of a good answer on its way. */
export async function alter(fault: Fault, answer: Response): Promise<Outcome> {
  if (fault === 'done-but-never-answers') return 'silence';
  if (fault === 'reset-after') return 'reset';
  if (fault === 'done-but-server-error') return failure();
  const body = await answer.text();
  const { status } = answer;
  if (fault === 'wrong-content-type') {
    return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
  const headers = { 'content-type': 'application/json' };
  if (fault === 'truncated') return new Response(body.slice(0, Math.floor(body.length / 2)), { status, headers });
  return new Response(drip(body), { status, headers });
}

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
      // Dates of HTTP have whole seconds: rounded up, never less than was asked for.
      return new Date(Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000).toUTCString();
    default:
      return String(seconds);
  }
}

/** A byte now and then: it would take longer than anybody waits. */
function drip(body: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(body);
  let place = 0;
  return new ReadableStream({
    async pull(controller) {
      await sleep(DRIP_EVERY_MS, undefined, { ref: false });
      if (place < bytes.length) controller.enqueue(bytes.slice(place, place + 1));
      else controller.close();
      place += 1;
    },
  });
}
