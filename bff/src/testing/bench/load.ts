import { Agent, request } from 'node:http';
import { percentile } from '../percentile.ts';

export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  /** Take turns. */
  bodies: readonly string[];
}
export interface Load {
  perSecond: number;
  p95: number;
  count: number;
}

/** Sends requests over as many connections, each as soon as the one before it was answered. Throws for an answer that is no success. */
export async function load(
  sent: Sent,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const took: number[] = [];
  let next = 0;
  const one = async () => {
    do {
      const at = performance.now();
      const status = await send(agent, sent, sent.bodies[next++ % Math.max(1, sent.bodies.length)]);
      if (status >= 300) throw new Error(`${sent.method} ${sent.url} returned ${status}`);
      took.push(performance.now() - at);
    } while (performance.now() - started < seconds * 1000);
  };
  try {
    await Promise.all(Array.from({ length: connections }, one));
  } finally {
    agent.destroy();
  }
  const elapsed = (performance.now() - started) / 1000;
  return { perSecond: took.length / elapsed, p95: percentile(took, 0.95), count: took.length };
}

function send(agent: Agent, { url, method, headers }: Sent, body: string | undefined): Promise<number> {
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
