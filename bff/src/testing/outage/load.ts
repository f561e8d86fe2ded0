import { setTimeout as pause } from 'node:timers/promises';

/** One answer that a client got; status 0 when the connection was lost. */
export interface Seen {
  status: number;
  ms: number;
  /** When it was complete, as performance.now(). */
  at: number;
  retryAfter: string | null;
  requestId: string;
  isWrite: boolean;
}

export interface Client {
  isWrite: boolean;
  send(turn: number): Promise<Response>;
}

const BETWEEN_REQUESTS_MS = 150;
/** The load ends once all answers of this time were normal, or when it takes too long to get there. */
const NORMAL_FOR_MS = 1_000;
const LONGEST_RECOVERY_MS = 30_000;

async function ask({ send, isWrite }: Client, turn: number): Promise<Seen> {
  const startedAt = performance.now();
  const answer = await send(turn)
    .then(async (response) => {
      await response.arrayBuffer();
      return response;
    })
    .catch(() => null);
  const at = performance.now();
  return {
    status: answer?.status ?? 0,
    ms: at - startedAt,
    at,
    retryAfter: answer?.headers.get('retry-after') ?? null,
    requestId: answer?.headers.get('x-request-id') ?? '',
    isWrite,
  };
}

const isNormal = ({ status }: Seen) => status === 200;

/** Sends requests from all clients during `fault` and until answers are normal again. Returns all answers and when the fault ended. */
export async function underLoad(clients: readonly Client[], fault: () => Promise<unknown>) {
  const seen: Seen[] = [];
  let isOver = false;
  const running = clients.map(async (client) => {
    for (let turn = 0; !isOver; turn++) {
      seen.push(await ask(client, turn));
      await pause(BETWEEN_REQUESTS_MS);
    }
  });
  await pause(300);
  await fault().catch((error) => {
    isOver = true;
    throw error;
  });
  const endedAt = performance.now();
  const lastAbnormal = () => Math.max(endedAt, ...seen.filter((each) => !isNormal(each)).map(({ at }) => at));
  while (performance.now() - lastAbnormal() < NORMAL_FOR_MS && performance.now() - endedAt < LONGEST_RECOVERY_MS)
    await pause(100);
  isOver = true;
  await Promise.all(running);
  return { seen, recoveryMs: lastAbnormal() - endedAt };
}
