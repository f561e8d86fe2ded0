import { vi } from 'vitest';

export type Seen = { method: string; url: URL; headers: Headers; body: unknown };
type Answer = { status?: number; body?: unknown };

/** Replaces fetch: responds with `answer` and records the requests. */
export function serve(answer: (seen: Seen) => Answer | 'lost') {
  const seen: Seen[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const request: Seen = {
      method: init.method ?? 'GET',
      url: new URL(input, 'http://console.test'),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    seen.push(request);
    const reply = answer(request);
    if (reply === 'lost') throw new TypeError('fetch failed');
    return new Response(JSON.stringify(reply.body ?? {}), {
      status: reply.status ?? 200,
      headers: { 'x-request-id': 'req-1' },
    });
  });
  return seen;
}
