import { Webhook } from 'svix';

/** Delivers a signed body and returns the response. Throws without one. */
export type Deliver = (
  body: string,
  headers: Record<string, string>,
) => Promise<{ status: number; headers?: { get(name: string): string | null } }>;

const RESPONSE_TIMEOUT_MS = 15_000;

/** Posts to the URLs in turn, as to instances behind a load balancer. */
export function postTo(...urls: string[]): Deliver {
  let turn = 0;
  return async (body, headers) => {
    const url = urls[turn++ % urls.length] as string;
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'Svix-Webhooks/1.62', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response;
  };
}

/** Returns a function that signs as Svix does, with the current time. */
export function svixSigner(secret: string): (id: string, body: string) => Record<string, string> {
  const webhook = new Webhook(secret);
  return (id, body) => {
    const at = new Date();
    return {
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': webhook.sign(id, at, body),
    };
  };
}
