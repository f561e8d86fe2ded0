import { Webhook } from 'svix';

/** Hands a signed body over; answers the status, and the headers where there are some. Throws when there was no answer. */
export type Deliver = (
  body: string,
  headers: Record<string, string>,
) => Promise<{ status: number; headers?: { get(name: string): string | null } }>;

const ANSWER_WITHIN_MS = 15_000;

/** Posts to these addresses in turn, as to the instances behind a load balancer. */
export function postTo(...urls: string[]): Deliver {
  let turn = 0;
  return async (body, headers) => {
    const url = urls[turn++ % urls.length] as string;
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'Svix-Webhooks/1.62', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.arrayBuffer();
    return response;
  };
}

/** Signs as Svix does, at the moment of the attempt. */
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
