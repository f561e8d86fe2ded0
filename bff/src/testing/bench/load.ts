import { Agent, request } from 'node:http';

export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
}
export interface Load {
  /** How long each request took, in milliseconds. */
  took: number[];
  seconds: number;
}

/** Sends what is `next` over as many connections, each as soon as the one before it was answered. Throws for an answer that is no success. */
export async function load(
  next: () => Sent,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const took: number[] = [];
  const one = async () => {
    do {
      const sent = next();
      const at = performance.now();
      const status = await send(agent, sent);
      if (status >= 300) throw new Error(`${sent.method} ${sent.url} returned ${status}`);
      took.push(performance.now() - at);
    } while (performance.now() - started < seconds * 1000);
  };
  try {
    await Promise.all(Array.from({ length: connections }, one));
  } finally {
    agent.destroy();
  }
  return { took, seconds: (performance.now() - started) / 1000 };
}

function send(agent: Agent, { url, method, headers, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
